import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What the two processes of the bare pipeline agree on. Keys are raw, in base64; both sides have the same. */
export interface BareTerms {
  readonly databaseUrl: string;
  readonly folder: string;
  readonly tls: { readonly key: string; readonly certificate: string };
  readonly sealing: { readonly encapsulation: string; readonly decapsulation: string };
  readonly signing: { readonly ed25519: string; readonly mldsa44: string };
  readonly verifying: { readonly ed25519: string; readonly mldsa44: string };
}

/** The keys as they are used. */
export interface BareKeys {
  readonly sealTo: KeyObject;
  readonly openWith: KeyObject;
  readonly sign: { readonly ed25519: Uint8Array; readonly mldsa44: Uint8Array };
  readonly verify: { readonly ed25519: Uint8Array; readonly mldsa44: Uint8Array };
}

export function keysOf({ sealing, signing, verifying }: BareTerms): BareKeys {
  const asymmetricKeyType = 'ml-kem-768';
  const raw = (text: string): Buffer => Buffer.from(text, 'base64');
  return {
    sealTo: createPublicKey({ key: raw(sealing.encapsulation), format: 'raw-public', asymmetricKeyType }),
    openWith: createPrivateKey({ key: raw(sealing.decapsulation), format: 'raw-seed', asymmetricKeyType }),
    sign: { ed25519: raw(signing.ed25519), mldsa44: raw(signing.mldsa44) },
    verify: { ed25519: raw(verifying.ed25519), mldsa44: raw(verifying.mldsa44) },
  };
}

/** One channel: the acts in order, found again by their id, for a repeated one is noted; and its last head with its receipt. */
export function tablesOf(name: string): string {
  return `create table ${name} (index bigint primary key, act bytea not null, leaf bytea not null,
                                envelope bytea not null, body bytea not null);
          create index on ${name} using hash (act);
          create table ${name}_head (size bigint not null, head bytea not null, receipt bytea);
          insert into ${name}_head values (0, '', null)`;
}

export const columns = { index: 'int8', act: 'bytea', leaf: 'bytea', envelope: 'bytea', body: 'bytea' } as const;
