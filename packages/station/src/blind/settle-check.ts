import { BlindFault, readElement, tagsOfAnswer, verifyEvaluation } from '@entente/matching';
import { type ActId, type Head, isActId, type Json, readHead } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { readBlindSet, type RelationEntry } from '../store/blind.ts';
import { type BlindCheck, type CheckState, readCheck, readPending, settleCheck } from '../store/blind-checks.ts';
import type { Transaction } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { elementsOf } from './answer-query.ts';
import type { BlindStation } from './blind-station.ts';
import { type Opening, openOpening } from './opening.ts';
import { findTagIn, withTable } from './table-file.ts';

interface Outcome {
  readonly state: Exclude<CheckState, 'asked'>;
  readonly reason?: string;
}

/**
 * Takes the counterpart's answer to a check of ours: holds its proof against the key that the set was published under, and
 * looks the tags up at home. An answer that does not hold, or a second one, is alarmed with its bytes: they bear the
 * counterpart's signature.
 */
export async function settleByAnswer(
  station: BlindStation,
  relation: Relation,
  transaction: Transaction,
  entry: RelationEntry,
  head: Head,
): Promise<void> {
  const check = await checkOf(relation, transaction, head);
  if (check?.state !== 'asked') {
    const what = check === undefined ? 'names no query of ours' : `is another answer to query ${check.act}`;
    await alarm(station, relation, transaction, entry, `act ${entry.act} ${what}`);
    return;
  }
  const opening = await openCheck(station, relation, transaction, check);
  const outcome = await weighAnswer(station, relation, transaction, check, opening, head);
  if (outcome.state === 'invalid') {
    const what = `answer ${entry.act} to query ${check.act}: ${outcome.reason ?? ''}`;
    await alarm(station, relation, transaction, entry, what);
  }
  await settle(station, relation, transaction, { check, answer: entry.act, ...outcome });
}

/** Takes the counterpart's refusal of a check of ours. */
export async function settleByRefusal(
  station: BlindStation,
  relation: Relation,
  transaction: Transaction,
  entry: RelationEntry,
  head: Head,
): Promise<void> {
  const check = await checkOf(relation, transaction, head);
  if (check?.state !== 'asked') return;
  const { blindReason } = head.inputs;
  const reason = typeof blindReason === 'string' ? blindReason : '';
  await settle(station, relation, transaction, { check, answer: entry.act, state: 'refused', reason });
}

async function openCheck(
  { parts, custody, group }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  { act }: BlindCheck,
): Promise<Opening> {
  const sealed = await readPending(transaction, relation.number, act);
  if (sealed === undefined) throw new Error('a check that waits can be opened');
  return openOpening(parts.crypto, group, custody.storage.identity, sealed);
}

async function weighAnswer(
  { custody, group }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  check: BlindCheck,
  opening: Opening,
  head: Head,
): Promise<Outcome> {
  const set = await readBlindSet(transaction, relation.number, false, check.set);
  if (set === undefined) throw new Error('a check rests on a set');
  const blinded = opening.inputs.map(({ element }) => element);
  try {
    const answer = { evaluated: elementsOf(head), proof: bytesOf(head.inputs['proof']) };
    const evaluated = verifyEvaluation(group, readElement(group, set.key), blinded, answer);
    const tags = tagsOfAnswer(group, opening.inputs, evaluated);
    const isHit = await withTable(custody, relation.number, false, set, async (readPage) => {
      const found = await Promise.all(tags.map(({ tag }) => findTagIn(readPage, set.pages, tag)));
      return found.some((one) => one.found);
    });
    return { state: isHit ? 'hit' : 'no-hit' };
  } catch (error) {
    if (!(error instanceof BlindFault)) throw error;
    return { state: 'invalid', reason: error.code };
  }
}

interface Settled extends Outcome {
  readonly check: BlindCheck;
  readonly answer: ActId;
}

/** From now on only the inspectors, with the offline key, can open whom it was about. */
async function settle(
  { parts }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  { check, answer, state, reason }: Settled,
): Promise<void> {
  const { crypto, clock } = parts;
  const settled = clock.now();
  const why = reason === undefined ? {} : { reason };
  await settleCheck(transaction, relation.number, check.act, { state, ...why, answer, settled });
  const { officer, purpose, act } = check;
  const what = { relation: relation.name, did: 'blind-check-settled', officer, purpose, act, answer, state };
  await writeHouseLog(transaction, crypto, { kind: 'blind', time: settled, what: { ...what, ...why } });
}

async function checkOf(
  relation: Relation,
  transaction: Transaction,
  { inputs }: Head,
): Promise<BlindCheck | undefined> {
  const { query } = inputs;
  return isActId(query) ? readCheck(transaction, relation.number, query) : undefined;
}

async function alarm(
  { parts }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  { envelope }: RelationEntry,
  what: string,
): Promise<void> {
  const kind = 'blind-answer-invalid';
  const time = parts.clock.now();
  await raiseAlarm(transaction, { relation: relation.number, time, kind, what, proof: envelope });
}

function bytesOf(value: Json | undefined): Uint8Array {
  return Uint8Array.fromBase64(typeof value === 'string' ? value : '');
}

/** The head of an entry that was judged effective. */
export function headOf({ envelope }: RelationEntry): Head {
  return readHead(readEnvelope(envelope).headBytes);
}
