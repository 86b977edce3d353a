import type { PartyId, Sha256Hex } from '@entente/protocol';
import {
  type Crypto,
  generateSealingIdentity,
  type KeyPair,
  type Keyset,
  publicKeysOf,
  rootFingerprint,
  sealingRecipientOf,
  signKeyset,
} from '@entente/wire';
import type { HybridKeys, RelationKeys } from '../adapters/keystore.ts';
import { tlsIdentity } from '../adapters/tls-certificate.ts';

/** A party's root: the live pair, and the one that may sign after it. Both are kept offline. */
export interface RootKeysOfParty {
  readonly present: HybridKeys;
  readonly next: HybridKeys;
}

/** A keyset with its private halves, and its bytes as signed by the root. */
export interface FoundedKeys {
  readonly keys: RelationKeys;
  /** age identity for sticks; it goes offline with the root. */
  readonly offlineIdentity: string;
  readonly keyset: Keyset;
  readonly signed: Uint8Array;
}

export function generateRoot(crypto: Crypto): RootKeysOfParty {
  return { present: generateHybrid(crypto), next: generateHybrid(crypto) };
}

/**
 * Makes all keys of a party for one relation and has its root sign them.
 * @param tls the station's TLS key where it has other relations: all of them dial in on one port
 */
export async function generateKeys(
  crypto: Crypto,
  party: PartyId,
  root: RootKeysOfParty,
  number: number,
  previous?: Sha256Hex,
  tls?: KeyPair,
): Promise<FoundedKeys> {
  const sealingIdentity = await generateSealingIdentity();
  const offlineIdentity = await generateSealingIdentity();
  const sealing = await sealingRecipientOf(sealingIdentity);
  const keys: RelationKeys = {
    log: generateHybrid(crypto),
    mirror: generateHybrid(crypto),
    station: crypto.ed25519.generate(),
    administration: crypto.ed25519.generate(),
    tls: tls ?? crypto.ed25519.generate(),
    sealing: [{ number: 1, identity: sealingIdentity, recipient: sealing }],
  };
  const { pin } = await tlsIdentity(party, keys.tls.secretSeed);
  const seeds = seedsOf(root.present);
  const keyset: Keyset = {
    party,
    number,
    ...(previous === undefined ? {} : { previous }),
    root: publicKeysOf(crypto, seeds),
    keys: {
      log: publicOf(keys.log),
      mirror: publicOf(keys.mirror),
      station: keys.station.publicKey,
      administration: keys.administration.publicKey,
      tls: pin,
      sealing,
      offline: await sealingRecipientOf(offlineIdentity),
    },
    nextRoot: rootFingerprint(crypto, publicOf(root.next)),
  };
  return { keys, offlineIdentity, keyset, signed: signKeyset(crypto, keyset, seeds) };
}

function generateHybrid(crypto: Crypto): HybridKeys {
  return { ed25519: crypto.ed25519.generate(), mldsa44: crypto.mldsa44.generate() };
}

function publicOf({ ed25519, mldsa44 }: HybridKeys): { ed25519: Uint8Array; mldsa44: Uint8Array } {
  return { ed25519: ed25519.publicKey, mldsa44: mldsa44.publicKey };
}

/** The secret halves of a pair of keys, as signers take them. */
export function seedsOf({ ed25519, mldsa44 }: HybridKeys): { ed25519: Uint8Array; mldsa44: Uint8Array } {
  return { ed25519: ed25519.secretSeed, mldsa44: mldsa44.secretSeed };
}
