import { type Head, type Instant, Refusal } from '@entente/protocol';
import type { ReadAct } from '../exchange/weigh-entry.ts';
import { entryAt, readAct } from '../exchange/weigh-entry.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { type Channel, lockChannel, readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { appendEntries, type Entry, knownActs, type NewEntry } from '../store/entries.ts';
import {
  freeAfterRegisters,
  holdInOutbox,
  nextFromOutbox,
  type Outgoing,
  putIntoOutbox,
  takeFromOutbox,
} from '../store/outbox.ts';
import { takeOwnSubjects } from '../screening/take-subjects.ts';
import { takeRootPapers } from '../custody/known-keysets.ts';
import { nameFiles } from '../custody/name-files.ts';
import { recordOf } from '../store/relations.ts';
import { type ReleasedAct, writeTransferRecord } from '../store/transfer-record.ts';
import { checkClock } from './check-clock.ts';
import { checkComputedGates } from './computed-gates.ts';
import { headsAct } from './station-acts.ts';
import { noteUrgent } from './note-urgent.ts';
import { openWaivedReviews } from './open-waived-reviews.ts';
import { passesStopped } from './passes-stopped.ts';

/** Bounds of one parcel before sealing; the receiver's reader has the same (PROTOCOL §5). */
const parcelBounds = { acts: 1000, bytes: 24 * 1024 * 1024 };

/** What a release gave positions to: the entries, and both channels as they stand after it. */
export interface Released {
  readonly channel: Channel;
  readonly theirs: Channel;
  readonly from: Channel['size'];
  readonly entries: readonly Entry[];
}

/**
 * Gives positions to what waits in the outbox, most urgent first, in one transaction that holds the channel's row
 * (PROTOCOL §2.2, §2.6). Each act is judged once more, as the counterpart will judge it; what would be without effect is
 * held with the reason. With nothing to release but something new seen, one `heads` act says so.
 * @param leastUrgency what waits with less stays
 * @returns undefined where there is nothing to say
 * @throws Refusal `not-caught-up`, `clock-off`; over a channel that a conflict stopped, only the floor passes
 */
export async function releaseParcel(parts: Parts, relation: Relation, leastUrgency = 0): Promise<Released | undefined> {
  await Promise.all([checkClock(parts, relation), takeRootPapers(parts, relation)]);
  return relation.authority.guarded((turn) =>
    transact(parts.database, async (transaction) => {
      const channel = await lockChannel(transaction, relation.number, relation.own);
      if (channel.stopped === 'not-caught-up') throw new Refusal('not-caught-up', { retryAfter: 5 });
      await turn();
      // Before what was seen is read: a leaf is not to be later than what its author cosigns meanwhile.
      const now = parts.clock.now();
      const theirs = await readChannel(transaction, relation.number, relation.counterpart);
      await relation.authority.catchUp(transaction, channel, theirs);
      const places = { channel, theirs, now };
      const released = await releaseWaiting(parts, relation, transaction, places, leastUrgency);
      if (released !== undefined || channel.stopped !== undefined || leastUrgency > 0) return released;
      if (!(await owesReceipt(transaction, channel, theirs))) return undefined;
      await putIntoOutbox(transaction, relation.number, [await headsAct(parts, relation, transaction, theirs)]);
      return releaseWaiting(parts, relation, transaction, places, leastUrgency);
    }),
  );
}

/** Both channels as they are when positions are given, and the time at which they were read. */
interface Places {
  readonly channel: Channel;
  readonly theirs: Channel;
  readonly now: Instant;
}

async function releaseWaiting(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  places: Places,
  leastUrgency: number,
): Promise<Released | undefined> {
  const { channel, theirs } = places;
  const next = await nextFromOutbox(transaction, relation.number, parcelBounds, leastUrgency);
  const waiting = channel.stopped === undefined ? next : next.filter((one) => passesStopped(parts, relation, one));
  if (waiting.length === 0) return undefined;
  const { entries, leaving, released } = await weigh(parts, relation, transaction, places, waiting);
  // All of these were held back, so they are out of the way of what waits behind them.
  if (entries.length === 0) return releaseWaiting(parts, relation, transaction, places, leastUrgency);
  const after = await appendEntries(transaction, parts.crypto, channel, entries);
  await takeFromOutbox(transaction, relation.number, leaving);
  await nameFiles(transaction, relation, true, entries);
  await freeAfterRegisters(transaction, relation.number, entries);
  await takeOwnSubjects(transaction, parts.crypto, relation.number, entries);
  await writeTransferRecord(transaction, parts.crypto, recordOf(relation), parts.clock.now(), released);
  const placed = entries.map((entry, at) => ({ ...entry, index: (channel.size + at) as Entry['index'] }));
  await openWaivedReviews(transaction, relation, released, after.lastTime as Instant);
  await noteUrgent(transaction, channel, waiting, placed, released);
  return { channel: after, theirs, from: channel.size, entries: placed };
}

/** Judges each waiting act at the place it would take; holds back what would be without effect there. */
async function weigh(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  { channel, theirs, now }: Places,
  waiting: readonly Outgoing[],
): Promise<{
  readonly entries: readonly NewEntry[];
  readonly leaving: readonly number[];
  readonly released: readonly ReleasedAct[];
}> {
  const acts = waiting.map(({ envelope, body }) => readAct(parts.crypto, envelope, body, relation.heads));
  await relation.authority.loadAccords(transaction, acts);
  await relation.authority.loadApprovals(transaction, acts);
  const known = await knownActs(
    transaction,
    relation.number,
    waiting.map(({ act }) => act),
  );
  const seen = { size: theirs.size, root: hexOf(theirs.root) };
  const time = Math.max(now, channel.lastTime) as Instant;
  const entries: NewEntry[] = [];
  const leaving: number[] = [];
  const released: ReleasedAct[] = [];
  let previousRank = channel.lastRank;
  for (const [at, act] of acts.entries()) {
    const outgoing = waiting[at];
    if (outgoing === undefined) continue;
    const place = { party: relation.own, index: channel.size + entries.length, seen: theirs.size };
    const reason =
      whyHeld(relation, act, outgoing, time, place, known.has(act.id)) ??
      (asksComputedGates(act) ? await whyShut(transaction, relation, act.head, time) : undefined);
    if (reason !== undefined) {
      await holdInOutbox(transaction, relation.number, outgoing.number, reason);
      continue;
    }
    const places = { previousRank, seenRank: theirs.lastRank };
    const entry = entryAt(parts.crypto, act, { time, seen, ...places, verdict: undefined });
    relation.authority.record(act, place, entry, channel.channel);
    previousRank = entry.rank;
    entries.push(entry);
    leaving.push(outgoing.number);
    if (act.head !== undefined) released.push({ act: act.id, head: act.head });
  }
  return { entries, leaving, released };
}

function whyHeld(
  relation: Relation,
  act: ReadAct,
  { notAfter }: Outgoing,
  time: Instant,
  place: { readonly party: Relation['own']; readonly index: number; readonly seen: number },
  repeated: boolean,
): string | undefined {
  if (notAfter !== undefined && time > notAfter) return 'past-not-after';
  return (
    relation.authority.judge(act, place, repeated) ?? (relation.authority.lacksAccord(act) ? 'body-awaited' : undefined)
  );
}

function asksComputedGates(act: ReadAct): act is ReadAct & { readonly head: Head } {
  return act.head?.inputs['reuses'] !== undefined;
}

/** Computed gates run again at release: what was permitted when it was signed may have been recalled since. */
async function whyShut(
  transaction: Transaction,
  relation: Relation,
  head: Head,
  now: Instant,
): Promise<string | undefined> {
  const gates = head.gates.map(({ gate }) => gate);
  const [shut] = await checkComputedGates(transaction, relation, gates, head, now);
  return shut === undefined ? undefined : 'gate-open';
}

/** Whether the counterpart has said more than receipts since our last entry: then it is owed one. */
async function owesReceipt(transaction: Transaction, channel: Channel, theirs: Channel): Promise<boolean> {
  if (theirs.size === channel.lastSeen) return false;
  const { rows } = await transaction.query<{ owed: boolean }>({
    name: 'owes-receipt',
    text: `select exists (select from entry where relation = $1 and channel = $2 and index >= $3 and not heads) as owed`,
    values: [theirs.relation, theirs.channel, channel.lastSeen],
  });
  return rows[0]?.owed === true;
}
function hexOf(bytes: Uint8Array): ReadAct['id'] {
  return bytes.toHex() as ReadAct['id'];
}
