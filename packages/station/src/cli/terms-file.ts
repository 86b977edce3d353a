// {"calendar":{…},"keyset":"<b64 of the signed keyset>","relation":"fr-ma","spare":"<b64>","terms":{…},"v":1}
import {
  type CalendarTable,
  canonicalJson,
  isPartyId,
  isRelationId,
  type Json,
  type PartyTerms,
  Refusal,
  type RelationId,
  type Sha256Hex,
} from '@entente/protocol';
import { rootFingerprint, type SignedKeyset, verifyKeyset } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { isJsonObject, readWrittenObject, textIn } from './json-file.ts';

/** What a party hands to its counterpart to found a relation; everything in it is public. */
export interface TermsFile {
  readonly relation: RelationId;
  readonly terms: PartyTerms;
  readonly calendar: CalendarTable;
  /** Signed by the party's root. */
  readonly keyset: Uint8Array;
  readonly spare: Uint8Array;
}

/** Terms whose keysets are signed by the root they name. The root itself is trusted by comparing its fingerprint by voice. */
export interface CheckedTerms extends TermsFile {
  readonly root: Sha256Hex;
  readonly present: SignedKeyset;
}

export function writeTerms({ relation, terms, calendar, keyset, spare }: TermsFile): string {
  const value = { v: 1, relation, terms, calendar, keyset: keyset.toBase64(), spare: spare.toBase64() };
  return `${canonicalJson(value as unknown as Json)}\n`;
}

/** @throws Refusal `json-…`, `field-malformed`, `key-malformed`, and as `verifyKeyset` */
export function readTerms(bytes: Uint8Array, where: string): CheckedTerms {
  const value = readWrittenObject(bytes, where);
  const { v, relation, terms, calendar } = value;
  if (
    v !== 1 ||
    !isRelationId(relation) ||
    !isJsonObject(terms) ||
    !isJsonObject(calendar) ||
    !isPartyId(terms['id'])
  ) {
    throw new Refusal('field-malformed', { where, what: 'a terms file, as entente relation invite writes it' });
  }
  const keyset = base64(textIn(value, 'keyset', where), where);
  const spare = base64(textIn(value, 'spare', where), where);
  // The accord's reader holds names, calendar and the rest to their form when the accord is drafted and signed.
  const party = terms as unknown as PartyTerms;
  const root = rootOf(party, where);
  const present = verifyKeyset(nodeCrypto, keyset, root);
  const stored = verifyKeyset(nodeCrypto, spare, root);
  if (present.id !== party.keyset || stored.id !== party.spareKeyset || present.keyset.party !== party.id) {
    throw new Refusal('keyset-malformed', { where, what: 'not the keysets that the terms name' });
  }
  return { relation, terms: party, calendar: calendar as unknown as CalendarTable, keyset, spare, root, present };
}

function rootOf({ root }: PartyTerms, where: string): Sha256Hex {
  if (!isJsonObject(root)) throw new Refusal('key-malformed', { where });
  const ed25519 = base64(textIn(root, 'ed25519', where), where);
  const mldsa44 = base64(textIn(root, 'mldsa44', where), where);
  return rootFingerprint(nodeCrypto, { ed25519, mldsa44 });
}

function base64(text: string, where: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch (cause) {
    throw new Refusal('base64-malformed', { where }, { cause });
  }
}
