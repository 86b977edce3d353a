// DSSE v1, type application/vnd.entente.accord+json;v=1: the accord's bytes, and for each party, in the order in which the
// accord lists them, a signature by its root's Ed25519 key and one by its ML-DSA-44 key. A proposal has one party's two.
import {
  type Accord,
  maximumAccordBytes,
  type PartyTerms,
  readAccord,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import { readBase64 } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { type DoubleKey, type DoubleSeed, publicKeysOf, rootFingerprint } from './double-key.ts';
import { type Dsse, readDsse, writeDsse } from './dsse.ts';
import { checkRootSignatures, signByRoot } from './root-signature.ts';
import { markVerified, type Verified } from './verified.ts';

export const accordPayloadType = 'application/vnd.entente.accord+json;v=1';
// In base64, with room for four signatures.
const maximumFile = 4 * Math.ceil(maximumAccordBytes / 3) + 16 * 1024;

export interface AccordFile {
  /** The accord's bytes; its id, named in every head, is their SHA-256. */
  readonly bytes: Uint8Array;
  readonly id: Sha256Hex;
  readonly accord: Accord;
  /** Both parties' root keys, in the accord's order. */
  readonly roots: readonly [DoubleKey, DoubleKey];
}

/** Signs an accord's bytes as the party that proposes it. @throws Refusal `key-unknown` if it does not name this root */
export function proposeAccord(crypto: Crypto, accord: Uint8Array, seeds: DoubleSeed): Uint8Array {
  const { roots } = fileOf(crypto, accord);
  positionOf(crypto, roots, rootFingerprint(crypto, publicKeysOf(crypto, seeds)));
  const signatures = signByRoot(crypto, accordPayloadType, accord, seeds);
  return writeDsse(accordPayloadType, { payload: accord, signatures });
}

/**
 * Adds the other party's signatures to a proposal.
 * @param proposer fingerprint of the root that must have signed it
 * @throws Refusal `accord-malformed`, `key-unknown`, `signature-…`
 */
export function acceptAccord(crypto: Crypto, proposal: Uint8Array, proposer: Sha256Hex, seeds: DoubleSeed): Uint8Array {
  const { bytes, roots } = verifyProposal(crypto, proposal, proposer);
  const own = rootFingerprint(crypto, publicKeysOf(crypto, seeds));
  if (own === proposer) throw new Refusal('key-unknown', { what: 'proposed by this root' });
  const added = signByRoot(crypto, accordPayloadType, bytes, seeds);
  const { signatures } = readAccordDsse(proposal);
  const all = positionOf(crypto, roots, own) === 0 ? [...added, ...signatures] : [...signatures, ...added];
  return writeDsse(accordPayloadType, { payload: bytes, signatures: all });
}

/** Accepts a proposal signed by the root of this fingerprint, one of the parties', and by nobody else. @throws Refusal */
export function verifyProposal(crypto: Crypto, bytes: Uint8Array, proposer: Sha256Hex): Verified<AccordFile> {
  const dsse = readAccordDsse(bytes);
  const file = fileOf(crypto, dsse.payload);
  const root = file.roots[positionOf(crypto, file.roots, proposer)];
  checkRootSignatures(crypto, accordPayloadType, dsse, [root]);
  return markVerified(file);
}

/**
 * Accepts an accord signed by both keys of both roots.
 * @param roots the fingerprints compared by voice, in any order
 * @throws Refusal `accord-malformed`, `key-unknown`, `accord-not-signed`, `signature-invalid`
 */
export function verifyAccord(
  crypto: Crypto,
  bytes: Uint8Array,
  roots: readonly [Sha256Hex, Sha256Hex],
): Verified<AccordFile> {
  const dsse = readAccordDsse(bytes);
  const file = fileOf(crypto, dsse.payload);
  const named = file.roots.map((root) => rootFingerprint(crypto, root));
  if (named.toSorted().join() !== roots.toSorted().join())
    throw new Refusal('key-unknown', { where: 'accord.parties' });
  if (dsse.signatures.length !== 4) throw new Refusal('accord-not-signed', { what: `${dsse.signatures.length} of 4` });
  checkRootSignatures(crypto, accordPayloadType, dsse, file.roots);
  return markVerified(file);
}

function readAccordDsse(bytes: Uint8Array): Dsse {
  return readDsse(bytes, accordPayloadType, 'accord-malformed', maximumFile);
}

function fileOf(crypto: Crypto, bytes: Uint8Array): AccordFile {
  const accord = readAccord(bytes);
  const [first, second] = accord.parties;
  const roots = [rootOf(first), rootOf(second)] as const;
  return Object.freeze({ bytes, id: crypto.sha256Hex(bytes), accord, roots });
}

/** The raw keys of a party's root; their lengths were checked with the accord. */
function rootOf({ root }: PartyTerms): DoubleKey {
  return { ed25519: readBase64(root.ed25519, 'root.ed25519'), mldsa44: readBase64(root.mldsa44, 'root.mldsa44') };
}

function positionOf(crypto: Crypto, roots: AccordFile['roots'], fingerprint: Sha256Hex): 0 | 1 {
  if (rootFingerprint(crypto, roots[0]) === fingerprint) return 0;
  if (rootFingerprint(crypto, roots[1]) === fingerprint) return 1;
  throw new Refusal('key-unknown', { where: 'accord.parties', what: 'not this root' });
}
