import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartyId } from '@entente/protocol';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { tlsIdentity } from '../../packages/station/src/adapters/tls-certificate.ts';
import type { BareTerms } from './bare-terms.ts';
import type { Passed } from './passes.ts';
import { Process } from './process.ts';
import { processorTime } from './processor-time.ts';
import type { TwoStations } from './two-stations.ts';

/**
 * Two processes that do the steps no exchange of acts is spared, and nothing else, over databases beside the stations' own:
 * head, body, envelope, leaf and node hashed and the head read on both sides; COPY with an index by act; each commit durable;
 * the size on disk before its head leaves; both signatures made, verified and kept; sealed, over TLS, one parcel ahead; and
 * each parcel logged by its receiver in a parcel of its own. No rule is judged, nothing waits in an outbox, nothing is folded.
 */
export interface BarePipeline {
  run(count: number, parcel: number): Promise<Passed>;
  close(): Promise<void>;
}

export async function startBarePipeline(stations: TwoStations): Promise<BarePipeline> {
  const { fr, ma } = stations;
  const folder = await mkdtemp(join(tmpdir(), 'entente-bare-'));
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
  const termsFor = (own: string, url: string): BareTerms => ({
    folder: join(folder, own),
    databaseUrl: url.replace(/entente$/, 'bare'),
    tls: { key, certificate },
    sealing,
    signing,
    verifying,
  });
  const receiver = new Process(new URL('./bare-receiver.ts', import.meta.url), termsFor('ma', ma.postgres.url));
  const sender = new Process(new URL('./bare-sender.ts', import.meta.url), termsFor('fr', fr.postgres.url));
  await sender.ask('ready');
  const port = await receiver.ask<number>('ready');
  const processes = [sender.processId, receiver.processId, fr.postgres.processId, ma.postgres.processId];
  return {
    run: async (count, parcel) => {
      await sender.ask('write', count);
      const before = await processorTime(processes);
      const seconds = await sender.ask<number>('run', { port, acts: parcel });
      return { rate: count / seconds, processorTime: ((await processorTime(processes)) - before) / count };
    },
    close: async () => {
      await sender.stop();
      await receiver.stop();
      await rm(folder, { recursive: true });
    },
  };
}
