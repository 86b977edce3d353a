import { type Hasher, type KnownVerifierKey, makeVkey, type Signer } from '@entente/c2sp';
import type { PartyId } from '@entente/protocol';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import { type DoubleKey, type DoubleSeed, publicKeysOf } from './double-key.ts';

/** The two verifier keys that a head or a cosignature must bear, both. */
export interface DoubleVkey {
  readonly ed25519: KnownVerifierKey;
  readonly mldsa44: KnownVerifierKey;
}

/** The origin of the channel of acts that `party` releases to `counterpart`: `fr/ma/1`. */
export function originOf(party: PartyId, counterpart: PartyId, epoch: number): string {
  return `${party}/${counterpart}/${epoch}`;
}

/** The keys that sign a channel's checkpoints; both bear its origin as name. */
export function logVkeys(crypto: Hasher, origin: string, key: DoubleKey): DoubleVkey {
  return { ed25519: makeVkey(crypto, origin, 1, key.ed25519), mldsa44: makeVkey(crypto, origin, 6, key.mldsa44) };
}

/** The keys with which `party`, as mirror, cosigns its counterparts' checkpoints: named `<party>/mirror`. */
export function mirrorVkeys(crypto: Hasher, party: PartyId, key: DoubleKey): DoubleVkey {
  const name = `${party}/mirror`;
  return { ed25519: makeVkey(crypto, name, 4, key.ed25519), mldsa44: makeVkey(crypto, name, 6, key.mldsa44) };
}

export interface DoubleSigner {
  readonly ed25519: Signer;
  readonly mldsa44: Signer;
}

/** Signs a channel's checkpoints, and its parcels' headers (Ed25519 alone). */
export function logSigners(crypto: Crypto, origin: string, seed: DoubleSeed): DoubleSigner {
  return signersOf(crypto, logVkeys(c2spCryptoOf(crypto), origin, publicKeysOf(crypto, seed)), seed);
}

/** Cosigns counterparts' checkpoints as mirror. */
export function mirrorSigners(crypto: Crypto, party: PartyId, seed: DoubleSeed): DoubleSigner {
  return signersOf(crypto, mirrorVkeys(c2spCryptoOf(crypto), party, publicKeysOf(crypto, seed)), seed);
}

function signersOf(crypto: Crypto, vkeys: DoubleVkey, seed: DoubleSeed): DoubleSigner {
  return {
    ed25519: { vkey: vkeys.ed25519, sign: (message) => crypto.ed25519.sign(seed.ed25519, message) },
    mldsa44: { vkey: vkeys.mldsa44, sign: (message) => crypto.mldsa44.sign(seed.mldsa44, message) },
  };
}
