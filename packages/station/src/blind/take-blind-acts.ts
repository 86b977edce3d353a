import type { Head } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import { tellRelease } from '../exchange/wake.ts';
import { type StationStatement, writeStationActs } from '../release/station-acts.ts';
import { raiseAlarm } from '../store/alarms.ts';
import {
  hasBlindWork,
  insertBlindSet,
  keepSetHolds,
  lockBlindMark,
  moveBlindMark,
  onlyFileOf,
  relationEntries,
  type RelationEntry,
  uncheckedSets,
} from '../store/blind.ts';
import { readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { putIntoOutbox } from '../store/outbox.ts';
import { refreshRegisters } from './agreed-terms.ts';
import { answerQuery } from './answer-query.ts';
import type { BlindStation } from './blind-station.ts';
import { headOf, settleByAnswer, settleByRefusal } from './settle-check.ts';
import { keepTable } from './table-file.ts';

const piece = 200;

/**
 * Takes in what the counterpart said of blind checks since the last time, in the order of its channel: notes its sets,
 * answers its queries, settles ours. Everything of one piece is committed together, answers included.
 * @returns whether there may be more
 */
export async function takeBlindActs(station: BlindStation, relation: Relation): Promise<boolean> {
  const { parts } = station;
  if (!(await hasBlindWork(parts.database, relation.number))) return false;
  await refreshRegisters(parts, relation);
  const more = await transact(parts.database, async (transaction) => {
    const theirs = await readChannel(transaction, relation.number, relation.counterpart);
    const from = await lockBlindMark(transaction, theirs);
    if (from >= theirs.size) return false;
    const entries = await relationEntries(transaction, theirs, from, theirs.size, piece);
    const statements: StationStatement[] = [];
    for (const entry of entries) {
      const statement = await takeOne(station, relation, transaction, entry, headOf(entry));
      if (statement !== undefined) statements.push(statement);
    }
    const last = entries.at(-1);
    const reached = entries.length === piece && last !== undefined ? last.index + 1 : theirs.size;
    await moveBlindMark(transaction, theirs, reached);
    if (statements.length > 0) {
      await putIntoOutbox(
        transaction,
        relation.number,
        await writeStationActs(parts, relation, transaction, statements),
      );
      await tellRelease(transaction, relation.number);
    }
    return reached < theirs.size;
  });
  await checkTables(station, relation);
  return more;
}

async function takeOne(
  station: BlindStation,
  relation: Relation,
  transaction: Transaction,
  entry: RelationEntry,
  head: Head,
): Promise<StationStatement | undefined> {
  switch (head.type) {
    case 'relation/blind-set':
      await noteSet(relation, transaction, entry, head);
      return undefined;
    case 'relation/blind-query':
      return answerQuery(station, relation, transaction, entry, head);
    case 'relation/blind-answer':
      await settleByAnswer(station, relation, transaction, entry, head);
      return undefined;
    case 'relation/blind-refusal':
      await settleByRefusal(station, relation, transaction, entry, head);
      return undefined;
    default:
      return undefined;
  }
}

/** A set without its one file, or without pages, is no set: queries to it are refused at home. */
async function noteSet(relation: Relation, transaction: Transaction, entry: RelationEntry, head: Head): Promise<void> {
  const { purpose, epoch, blindKey, pages, root } = head.inputs;
  const file = await onlyFileOf(transaction, relation.number, false, entry.act);
  if (file === undefined || typeof pages !== 'number' || pages < 1 || pages > mostPages) return;
  if (typeof purpose !== 'string' || typeof epoch !== 'number') return;
  if (typeof blindKey !== 'string' || typeof root !== 'string') return;
  await insertBlindSet(transaction, relation.number, false, {
    act: entry.act,
    purpose,
    epoch,
    key: Uint8Array.fromBase64(blindKey),
    pages,
    root: Uint8Array.fromHex(root),
    sealedSha256: file.sealedSha256,
    made: entry.time,
  });
}

// A gigabyte of tags: more than any list of persons.
const mostPages = 524_288;

/** Holds tables that have come against the roots their acts name. */
async function checkTables({ parts, custody }: BlindStation, relation: Relation): Promise<void> {
  for (const set of await uncheckedSets(parts.database, relation.number)) {
    const holds = await keepTable(custody, relation.number, false, set);
    await transact(parts.database, async (transaction) => {
      await keepSetHolds(transaction, relation.number, set.act, holds);
      if (holds) return;
      const what = `the table of set ${set.act} does not have the root or the size its act names`;
      const time = parts.clock.now();
      await raiseAlarm(transaction, {
        relation: relation.number,
        time,
        kind: 'blind-set-differs',
        what,
        proof: undefined,
      });
    });
  }
}
