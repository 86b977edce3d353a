import { Refusal, type Sha256Hex } from '@entente/protocol';
import type { ParcelEntry } from '@entente/wire';
import { readSeen } from '../exchange/read-seen.ts';
import { lacksBody } from '../exchange/take-bodies.ts';
import { entryAt, readAct } from '../exchange/weigh-entry.ts';
import { takeOwnSubjects } from '../screening/take-subjects.ts';
import { openWaivedReviews } from '../release/open-waived-reviews.ts';
import { keepApprovals } from '../store/approvals.ts';
import { awaitBodies } from '../store/awaited-bodies.ts';
import { type Channel, lockChannel, readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { appendEntries, type NewEntry, ranksAt } from '../store/entries.ts';
import { nameFiles } from './name-files.ts';
import { checkAccordKnown, checkKeysetKnown } from './papers-known.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Stores entries of our own channel that the counterpart gave back, once they are shown to be ours: judged again where they
 * stand. What of them still waited in the restored outbox has been released long ago and leaves it.
 */
export async function takeBack(
  parts: Parts,
  relation: Relation,
  before: Channel,
  entries: readonly ParcelEntry[],
  approvals: ReadonlyMap<Sha256Hex, Uint8Array>,
): Promise<void> {
  await relation.authority.guarded((turn) =>
    transact(parts.database, async (transaction) => {
      const own = await lockChannel(transaction, relation.number, relation.own);
      if (own.size !== before.size) throw new Refusal('head-behind', { what: 'another process fetches back' });
      await turn();
      const theirs = await readChannel(transaction, relation.number, relation.counterpart);
      await relation.authority.catchUp(transaction, own, theirs);
      await keepApprovals(transaction, relation.number, approvals);
      const rows = await weigh(parts, relation, transaction, own, theirs, entries);
      await appendEntries(transaction, parts.crypto, own, rows);
      await awaitLacking(parts.crypto, relation, transaction, own.size, rows);
      await nameFiles(transaction, relation, true, rows);
      for (const { envelope, time } of entries) {
        const { id, head } = readAct(parts.crypto, envelope, undefined);
        // Whoever reviewed it since said so in the house log, which is lost: it is looked at once more.
        if (head !== undefined) await openWaivedReviews(transaction, relation, [{ act: id, head }], time);
      }
      await transaction.query('delete from outbox where relation = $1 and act = any($2::bytea[])', [
        relation.number,
        rows.map(({ act }) => act),
      ]);
      await takeOwnSubjects(transaction, parts.crypto, relation.number, rows);
    }),
  );
}

/** What was given back without its body is awaited until it is known to be erased. */
async function awaitLacking(
  crypto: Parts['crypto'],
  relation: Relation,
  transaction: Transaction,
  from: number,
  rows: readonly NewEntry[],
): Promise<void> {
  const lacking = rows.flatMap((row, at) =>
    lacksBody(crypto, relation, row) ? [{ act: row.act, index: from + at }] : [],
  );
  if (lacking.length > 0) await awaitBodies(transaction, relation.number, undefined, lacking);
}

async function weigh(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  own: Channel,
  theirs: Channel,
  entries: readonly ParcelEntry[],
): Promise<readonly NewEntry[]> {
  const acts = entries.map((entry) => readAct(parts.crypto, entry.envelope, entry.body ?? undefined));
  await relation.authority.loadAccords(transaction, acts);
  const missing = await relation.authority.loadApprovals(transaction, acts);
  // What is ours stood with its approvals: who gives it back without them would have it noted for good.
  if (missing.length > 0) throw new Refusal('approval-missing', { what: missing[0] ?? '' });
  // What we saw of the counterpart's channel then must be what it gives us now, or what an epoch left behind since.
  const saw = await readSeen(parts, transaction, theirs, own, entries);
  const ranks = await ranksAt(
    transaction,
    theirs,
    [...new Set(saw)].filter((size) => size > 0).map((size) => size - 1),
  );
  const rows: NewEntry[] = [];
  let previousRank = own.lastRank;
  for (const [at, act] of acts.entries()) {
    const entry = entries[at];
    if (entry === undefined) continue;
    const counted = saw[at] ?? entry.seen.size;
    const place = { party: relation.own, index: own.size + at, seen: counted };
    const verdict = relation.authority.judge(act, place, false);
    checkKeysetKnown(relation, act, verdict);
    checkAccordKnown(relation.authority, act, verdict);
    const seenRank = ranks.get(counted - 1) ?? 0;
    const row = entryAt(parts.crypto, act, { ...entry, counted, previousRank, seenRank, verdict });
    relation.authority.record(act, place, row, own.channel);
    previousRank = row.rank;
    rows.push(row);
  }
  return rows;
}
