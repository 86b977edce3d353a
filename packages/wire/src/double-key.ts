import type { Sha256Hex } from '@entente/protocol';
import { concatBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';

/** Raw public keys of a root, a log or a mirror: each signs with both algorithms or not at all. */
export interface DoubleKey {
  /** 32 bytes. */
  readonly ed25519: Uint8Array;
  /** 1312 bytes. */
  readonly mldsa44: Uint8Array;
}

/** The two secret seeds, 32 bytes each. A root's live offline. */
export interface DoubleSeed {
  readonly ed25519: Uint8Array;
  readonly mldsa44: Uint8Array;
}

export function publicKeysOf(crypto: Crypto, seed: DoubleSeed): DoubleKey {
  return { ed25519: crypto.ed25519.publicKeyOf(seed.ed25519), mldsa44: crypto.mldsa44.publicKeyOf(seed.mldsa44) };
}

/** SHA-256 of the raw Ed25519 key followed by the raw ML-DSA-44 key: what accords print and keysets name. */
export function rootFingerprint(crypto: Crypto, root: DoubleKey): Sha256Hex {
  return crypto.sha256Hex(concatBytes([root.ed25519, root.mldsa44]));
}
