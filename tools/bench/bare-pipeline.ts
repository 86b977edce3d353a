import { generateKeyPairSync } from 'node:crypto';
import type { PartyId } from '@entente/protocol';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { tlsIdentity } from '../../packages/station/src/adapters/tls-certificate.ts';
import type { BareTerms } from './bare-terms.ts';
import { Process } from './process.ts';
import type { TwoStations } from './two-stations.ts';

/** Two processes that do the steps of an exchange and nothing else, over databases beside the stations' own. */
export interface BarePipeline {
  /** Acts a second. */
  run(parcels: number, acts: number): Promise<number>;
  close(): Promise<void>;
}

export async function startBarePipeline({ fr, ma }: TwoStations): Promise<BarePipeline> {
  for (const { database } of [fr, ma]) await database.query('create database bare');
  const kem = generateKeyPairSync('ml-kem-768');
  const sealing = {
    encapsulation: kem.publicKey.export({ format: 'raw-public' }).toString('base64'),
    decapsulation: kem.privateKey.export({ format: 'raw-seed' }).toString('base64'),
  };
  const signers = { ed25519: nodeCrypto.ed25519.generate(), mldsa44: nodeCrypto.mldsa44.generate() };
  const signing = { ed25519: signers.ed25519.secretSeed.toBase64(), mldsa44: signers.mldsa44.secretSeed.toBase64() };
  const verifying = { ed25519: signers.ed25519.publicKey.toBase64(), mldsa44: signers.mldsa44.publicKey.toBase64() };
  const { key, certificate } = await tlsIdentity('bare' as PartyId, nodeCrypto.randomBytes(32));
  const termsFor = (url: string): BareTerms => ({
    databaseUrl: url.replace(/entente$/, 'bare'),
    tls: { key, certificate },
    sealing,
    signing,
    verifying,
  });
  const receiver = new Process(new URL('./bare-receiver.ts', import.meta.url), termsFor(ma.postgres.url));
  const sender = new Process(new URL('./bare-sender.ts', import.meta.url), termsFor(fr.postgres.url));
  await sender.ask('ready');
  const port = await receiver.ask<number>('ready');
  return {
    run: async (parcels, acts) => (parcels * acts) / (await sender.ask<number>('run', { port, parcels, acts })),
    close: async () => {
      await sender.stop();
      await receiver.stop();
    },
  };
}
