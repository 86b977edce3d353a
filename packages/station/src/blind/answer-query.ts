import { BlindFault, type Element, evaluateBlinded, randomScalar, readElement, readScalar } from '@entente/matching';
import { type ActId, type BlindRefusal, type Head, isActId, type Json } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { StationStatement } from '../release/station-acts.ts';
import {
  type BlindSet,
  countAnswered,
  insertAsked,
  newestOwnSet,
  readBlindSet,
  type RelationEntry,
  wasAnswered,
} from '../store/blind.ts';
import type { Transaction } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { urgencies } from '../store/outbox.ts';
import { agreedTerms, isSpent } from './agreed-terms.ts';
import type { BlindStation } from './blind-station.ts';

const day = 86_400_000;

/**
 * What our station says to a query of the counterpart: its elements times our secret with the proof, or why not. It counts
 * the query and writes it to the house log with its legal basis. Nothing here knows, or could come to know, whom it is about.
 */
export async function answerQuery(
  station: BlindStation,
  relation: Relation,
  transaction: Transaction,
  entry: RelationEntry,
  head: Head,
): Promise<StationStatement> {
  const { parts, group } = station;
  const { crypto, clock } = parts;
  const purpose = textOf(head.inputs['purpose']);
  const sent = elementsOf(head);
  const digest = crypto.sha256(Buffer.concat(sent));
  const time = clock.now();
  const verdict = await judge(station, relation, transaction, entry, head, sent, digest);
  const refused = 'refusal' in verdict;
  const said = refused ? verdict.refusal : 'answered';
  await insertAsked(transaction, relation.number, { act: entry.act, purpose, time, elements: digest }, said);
  const { author, legalBasis = 'none' } = head;
  const what = { relation: relation.name, did: 'blind-query-taken', query: entry.act, purpose, legalBasis, said };
  await writeHouseLog(transaction, crypto, { kind: 'blind', time, what: { ...what, by: author.pseudonym } });
  const base = { basis: [entry.act], urgency: urgencies.urgent };
  if (refused) {
    return { ...base, type: 'relation/blind-refusal', inputs: { query: entry.act, blindReason: verdict.refusal } };
  }
  const secret = readScalar(await station.keystore.readBlind(relation.name, purpose, verdict.set.epoch));
  const key = { secret, public: readElement(group, verdict.set.key) };
  const random = randomScalar(group, (length) => crypto.randomBytes(length));
  const { evaluated, proof } = evaluateBlinded(group, key, verdict.blinded, random);
  const elements = evaluated.map((element) => element.toBase64());
  return { ...base, type: 'relation/blind-answer', inputs: { query: entry.act, elements, proof: proof.toBase64() } };
}

type Judged = { readonly refusal: BlindRefusal } | { readonly set: BlindSet; readonly blinded: readonly Element[] };

async function judge(
  { parts, group }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  entry: RelationEntry,
  head: Head,
  sent: readonly Uint8Array[],
  digest: Uint8Array,
): Promise<Judged> {
  const purpose = textOf(head.inputs['purpose']);
  const now = parts.clock.now();
  const agreed = agreedTerms(relation, relation.own, purpose);
  if (agreed === undefined) return { refusal: 'purpose-not-agreed' };
  if (!agreed.laneOpen) return { refusal: 'lane-closed' };
  const { terms } = agreed;
  const set = await queriedSet(relation, transaction, purpose, entry, head.inputs['set']);
  if (set === undefined || now - set.made > terms.setDays * day) return { refusal: 'set-not-current' };
  if (sent.length !== terms.elements) return { refusal: 'elements-miscounted' };
  const blinded = readElements(sent);
  if ('refusal' in blinded) return blinded;
  if (await wasAnswered(transaction, relation.number, digest)) return { refusal: 'query-repeated' };
  const spent = await countAnswered(transaction, relation.number, purpose, now);
  if (isSpent(terms, spent)) return { refusal: 'budget-exhausted' };
  return { set, blinded: blinded.elements };

  function readElements(all: readonly Uint8Array[]): { elements: readonly Element[] } | { refusal: BlindRefusal } {
    try {
      return { elements: all.map((bytes, at) => readElement(group, bytes, at)) };
    } catch (error) {
      if (!(error instanceof BlindFault)) throw error;
      return { refusal: error.code === 'element-identity' ? 'element-identity' : 'element-malformed' };
    }
  }
}

/** The newest set that the asker had seen, if that is the one it names: a set published since crosses no query. */
async function queriedSet(
  relation: Relation,
  transaction: Transaction,
  purpose: string,
  { seen }: RelationEntry,
  named: Json | undefined,
): Promise<BlindSet | undefined> {
  if (!isActId(named)) return undefined;
  const newest: ActId | undefined = await newestOwnSet(transaction, relation.number, purpose, seen);
  return newest === named ? readBlindSet(transaction, relation.number, true, named) : undefined;
}

/** The elements of a query or an answer as bytes; their form is checked with the act's inputs. */
export function elementsOf({ inputs }: Head): readonly Uint8Array[] {
  const { elements } = inputs;
  if (!Array.isArray(elements)) return [];
  return (elements as readonly Json[]).map((text) => Uint8Array.fromBase64(textOf(text)));
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
