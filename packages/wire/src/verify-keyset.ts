import { Refusal, type Sha256Hex } from '@entente/protocol';
import type { Crypto } from './crypto.ts';
import { type DoubleSeed, rootFingerprint } from './double-key.ts';
import { readDsse, writeDsse } from './dsse.ts';
import { type Keyset, readKeyset, writeKeyset } from './keyset.ts';
import { checkRootSignatures, signByRoot } from './root-signature.ts';
import { markVerified, type Verified } from './verified.ts';

export const keysetPayloadType = 'application/vnd.entente.keyset+json;v=1';
export const maximumKeyset: number = 64 * 1024;

/** A keyset and the SHA-256 of its bytes, by which the accord and the next keyset name it. */
export interface SignedKeyset {
  readonly keyset: Keyset;
  readonly id: Sha256Hex;
}

/** Writes a keyset's DSSE envelope, signed by both keys of the root it names. */
export function signKeyset(crypto: Crypto, keyset: Keyset, seeds: DoubleSeed): Uint8Array {
  const payload = writeKeyset(keyset);
  return writeDsse(keysetPayloadType, { payload, signatures: signByRoot(crypto, keysetPayloadType, payload, seeds) });
}

/**
 * Accepts a keyset that the root of this fingerprint signed with both keys.
 * @throws Refusal `keyset-malformed`, `key-unknown` for another root, `signature-missing`, `signature-invalid`
 */
export function verifyKeyset(crypto: Crypto, bytes: Uint8Array, root: Sha256Hex): Verified<SignedKeyset> {
  const dsse = readDsse(bytes, keysetPayloadType, 'keyset-malformed', maximumKeyset);
  const keyset = readKeyset(dsse.payload);
  if (rootFingerprint(crypto, keyset.root) !== root) throw new Refusal('key-unknown', { where: 'keyset.root' });
  checkRootSignatures(crypto, keysetPayloadType, dsse, [keyset.root]);
  return markVerified(Object.freeze({ keyset, id: crypto.sha256Hex(dsse.payload) }));
}

/**
 * Accepts the keyset that follows another: signed by the same root or by the one announced as next; next in number and
 * naming the one before, or the spare one of an accord.
 * @throws Refusal as `verifyKeyset`, and `keyset-malformed` where it does not follow
 */
export function verifyNextKeyset(
  crypto: Crypto,
  before: Verified<SignedKeyset>,
  bytes: Uint8Array,
  spares: readonly Sha256Hex[],
): Verified<SignedKeyset> {
  const { payload } = readDsse(bytes, keysetPayloadType, 'keyset-malformed', maximumKeyset);
  const root = rootFingerprint(crypto, readKeyset(payload).root);
  const allowed = [rootFingerprint(crypto, before.keyset.root), before.keyset.nextRoot];
  if (!allowed.includes(root)) throw new Refusal('key-unknown', { where: 'keyset.root' });
  const next = verifyKeyset(crypto, bytes, root);
  const { party, number, previous } = next.keyset;
  if (party !== before.keyset.party) throw new Refusal('keyset-malformed', { where: 'keyset.party' });
  const follows = previous === before.id && number === before.keyset.number + 1;
  if (!follows && !spares.includes(next.id)) throw new Refusal('keyset-malformed', { where: 'keyset.previous' });
  return next;
}

/**
 * Walks a chain from the keyset the accord names. The last one is in force.
 * @param trust `spares`: the spare keysets of the accords that are or were in force
 * @throws Refusal `keyset-malformed`, `key-unknown`, `signature-…`
 */
export function verifyKeysetChain(
  crypto: Crypto,
  chain: readonly Uint8Array[],
  trust: { readonly root: Sha256Hex; readonly first: Sha256Hex; readonly spares: readonly Sha256Hex[] },
): readonly Verified<SignedKeyset>[] {
  const [first, ...later] = chain;
  if (first === undefined) throw new Refusal('keyset-malformed', { where: 'chain', what: 'empty' });
  let last = verifyKeyset(crypto, first, trust.root);
  if (last.id !== trust.first)
    throw new Refusal('keyset-malformed', { where: 'chain', what: 'not the one in the accord' });
  const verified = [last];
  for (const bytes of later) {
    last = verifyNextKeyset(crypto, last, bytes, trust.spares);
    verified.push(last);
  }
  return verified;
}
