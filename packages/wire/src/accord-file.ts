// DSSE v1, type application/vnd.entente.accord+json;v=1: the accord's bytes, and for each party, in the order in which the
// accord lists them, a signature by its root's Ed25519 key and one by its ML-DSA-44 key. A proposal has one party's two.
import {
  isPartyId,
  isRelationId,
  type Json,
  type PartyId,
  readCanonicalJson,
  Refusal,
  type RelationId,
  type Sha256Hex,
} from '@entente/protocol';
import type { SigningTerms } from './assertion.ts';
import { readUtf8 } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { type DoubleKey, type DoubleSeed, publicKeysOf, rootFingerprint } from './double-key.ts';
import { type Dsse, readDsse, writeDsse } from './dsse.ts';
import { readDoubleKey } from './keyset.ts';
import { checkRootSignatures, signByRoot } from './root-signature.ts';
import { readList, readMembers, readSha256, readText } from './shape.ts';
import { markVerified, type Verified } from './verified.ts';

export const accordPayloadType = 'application/vnd.entente.accord+json;v=1';
export const maximumAccord: number = 4 * 1024 * 1024;

/** What signatures need to know of a party; the rest of the accord is read by `protocol`. */
export interface AccordParty {
  readonly id: PartyId;
  readonly root: DoubleKey;
  readonly keyset: Sha256Hex;
  readonly spareKeyset: Sha256Hex;
  readonly signing: SigningTerms;
}

export interface AccordFile {
  /** The accord's bytes; its id, named in every head, is their SHA-256. */
  readonly accord: Uint8Array;
  readonly id: Sha256Hex;
  readonly relation: RelationId;
  readonly parties: readonly [AccordParty, AccordParty];
}

/** Signs an accord as the party that proposes it. @throws Refusal `key-unknown` if the accord does not name this root */
export function proposeAccord(crypto: Crypto, accord: Uint8Array, seeds: DoubleSeed): Uint8Array {
  const { parties } = readParties(accord);
  partyOf(crypto, parties, seeds);
  return writeDsse(accordPayloadType, {
    payload: accord,
    signatures: signByRoot(crypto, accordPayloadType, accord, seeds),
  });
}

/**
 * Adds the other party's signatures to a proposal.
 * @param proposer fingerprint of the root that must have signed it
 * @throws Refusal `accord-malformed`, `key-unknown`, `signature-…`
 */
export function acceptAccord(crypto: Crypto, proposal: Uint8Array, proposer: Sha256Hex, seeds: DoubleSeed): Uint8Array {
  const { accord, parties } = verifyProposal(crypto, proposal, proposer);
  const { signatures } = readAccordDsse(proposal);
  const own = partyOf(crypto, parties, seeds);
  if (rootFingerprint(crypto, own.root) === proposer)
    throw new Refusal('key-unknown', { what: 'proposed by this root' });
  const added = signByRoot(crypto, accordPayloadType, accord, seeds);
  const all = own === parties[0] ? [...added, ...signatures] : [...signatures, ...added];
  return writeDsse(accordPayloadType, { payload: accord, signatures: all });
}

/** Accepts a proposal signed by the root of this fingerprint, one of the parties', and by nobody else. @throws Refusal */
export function verifyProposal(crypto: Crypto, bytes: Uint8Array, proposer: Sha256Hex): Verified<AccordFile> {
  const dsse = readAccordDsse(bytes);
  const file = fileOf(crypto, dsse);
  const party = file.parties.find(({ root }) => rootFingerprint(crypto, root) === proposer);
  if (party === undefined) throw new Refusal('key-unknown', { where: 'accord.parties' });
  checkRootSignatures(crypto, accordPayloadType, dsse, [party.root]);
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
  const file = fileOf(crypto, dsse);
  const named = file.parties.map(({ root }) => rootFingerprint(crypto, root));
  if (named.toSorted().join() !== roots.toSorted().join())
    throw new Refusal('key-unknown', { where: 'accord.parties' });
  if (dsse.signatures.length !== 4) throw new Refusal('accord-not-signed', { what: `${dsse.signatures.length} of 4` });
  checkRootSignatures(
    crypto,
    accordPayloadType,
    dsse,
    file.parties.map(({ root }) => root),
  );
  return markVerified(file);
}

function readAccordDsse(bytes: Uint8Array): Dsse {
  return readDsse(bytes, accordPayloadType, 'accord-malformed', maximumAccord);
}

function fileOf(crypto: Crypto, { payload }: Dsse): AccordFile {
  return Object.freeze({ accord: payload, id: crypto.sha256Hex(payload), ...readParties(payload) });
}

function readParties(accord: Uint8Array): Pick<AccordFile, 'relation' | 'parties'> {
  const json = readCanonicalJson(readUtf8(accord, 'accord-malformed', 'accord'));
  if (typeof json !== 'object' || json === null || !('parties' in json) || !('relation' in json)) {
    throw new Refusal('accord-malformed', { where: 'accord' });
  }
  const { relation } = json;
  if (!isRelationId(relation)) throw new Refusal('accord-malformed', { where: 'accord.relation' });
  const [first, second] = readList(json['parties'], 'accord.parties', 2, 2).map(readParty);
  if (first === undefined || second === undefined || first.id === second.id) {
    throw new Refusal('accord-malformed', { where: 'accord.parties' });
  }
  return { relation, parties: Object.freeze([first, second] as const) };
}

function readParty(json: Json, at: number): AccordParty {
  const where = `accord.parties[${at}]`;
  const names = ['id', 'name', 'root', 'keyset', 'spareKeyset', 'signing', 'calendar'];
  const { id, root, keyset, spareKeyset, signing } = readMembers(json, where, names);
  if (!isPartyId(id)) throw new Refusal('accord-malformed', { where: `${where}.id` });
  const { rpId, origins } = readMembers(signing, `${where}.signing`, ['rpId', 'origins']);
  return Object.freeze({
    id,
    root: readDoubleKey(root, `${where}.root`),
    keyset: readSha256(keyset, `${where}.keyset`),
    spareKeyset: readSha256(spareKeyset, `${where}.spareKeyset`),
    signing: Object.freeze({
      rpId: readText(rpId, `${where}.signing.rpId`),
      origins: Object.freeze(
        readList(origins, `${where}.signing.origins`, 1, 16).map((origin) =>
          readText(origin, `${where}.signing.origins`),
        ),
      ),
    }),
  });
}

function partyOf(crypto: Crypto, parties: readonly AccordParty[], seeds: DoubleSeed): AccordParty {
  const own = rootFingerprint(crypto, publicKeysOf(crypto, seeds));
  const party = parties.find(({ root }) => rootFingerprint(crypto, root) === own);
  if (party === undefined) throw new Refusal('key-unknown', { where: 'accord.parties', what: 'not this root' });
  return party;
}
