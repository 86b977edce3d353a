import { appendLeaves, rootOf } from '@entente/c2sp';
import { type LogSize, Refusal } from '@entente/protocol';
import type { OpenedParcel, ParcelEntry, Verified } from '@entente/wire';
import { acceptCosigned } from '../custody/accept-cosigned.ts';
import { acceptNotice } from '../custody/accept-notice.ts';
import { compromisesToHeed } from '../custody/compromises-to-heed.ts';
import { cosignHead } from '../custody/cosign-head.ts';
import { checkAccordKnown, checkKeysetKnown } from '../custody/papers-known.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { keepConflict } from '../custody/keep-conflict.ts';
import { noteNoticesSeen } from '../custody/note-notices-seen.ts';
import { nameFiles } from '../custody/name-files.ts';
import { frontierAt } from '../custody/frontier-at.ts';
import { keepApprovals } from '../store/approvals.ts';
import { type Channel, keepSignedHead, lockChannel, type NotedHead, readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { appendEntries, knownActs, type NewEntry, ranksAt, rootAt, sawOf } from '../store/entries.ts';
import { freeAfterRegisters } from '../store/outbox.ts';
import { settleExpress } from '../store/express.ts';
import { takeTheirSubjects } from '../screening/take-subjects.ts';
import { alarmBackDated } from './back-dated.ts';
import { checkQuota } from './check-quota.ts';
import { checkRecipients } from './check-recipients.ts';
import { holdAgainstExpress } from './express-prefix.ts';
import { inTurn } from './in-turn.ts';
import { openCounterpartParcel, readItems } from './open-counterpart-parcel.ts';
import { readSeen } from './read-seen.ts';
import { takeBodies } from './take-bodies.ts';
import { entryAt, leafOf, readAct } from './weigh-entry.ts';

export type Run = Extract<Verified<OpenedParcel>, { kind: 'run' }>;

/** What a station answers to a parcel: how much of the channel it durably has, and its cosignatures for it. */
export interface Accepted {
  readonly have: LogSize;
  /** How many entries were news. */
  readonly fresh: number;
  readonly cosigned: NotedHead;
}

/**
 * Takes a run of the counterpart's channel: verifies signatures, leaves and consistency, commits envelopes and head in one
 * transaction, and only then cosigns (PROTOCOL §2.3). A parcel may come twice, late or by two roads.
 * @throws Refusal, having kept proof and raised an alarm where the parcel proves fraud
 */
export async function acceptParcel(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Accepted> {
  const parcel = await openCounterpartParcel(parts, relation, sealed);
  if (parcel.kind !== 'run') throw new Refusal('parcel-malformed', { where: 'header', what: 'an express parcel' });
  return acceptRun(parts, relation, parcel);
}

/** The same for a parcel that is open already. */
export async function acceptRun(parts: Parts, relation: Relation, parcel: Run): Promise<Accepted> {
  const outcome = await inTurn(relation, () => heeding(parts, relation, parcel));
  if (outcome === 'conflict') throw await keepConflict(parts, relation, parcel.checkpointNote);
  if ('contradicted' in outcome) throw await keepConflict(parts, relation, parcel.checkpointNote, outcome.contradicted);
  const { after, signed, fresh, receipt } = outcome;
  // It comes twice: in the answer to our parcel, and in their next parcel.
  if (parcel.cosigned !== undefined && parcel.cosigned !== receipt) await takeReceipt(parts, relation, parcel.cosigned);
  if (fresh > 0) return { have: after.size, fresh, cosigned: await cosignHead(parts, relation, after, signed) };
  return { have: after.size, fresh, cosigned: after.cosigned ?? (await cosignHead(parts, relation, after, signed)) };
}

/** A receipt that crossed with the notice of a new epoch of ours says nothing any more; the run it came with is taken. */
async function takeReceipt(parts: Parts, relation: Relation, cosigned: string): Promise<void> {
  try {
    await acceptCosigned(parts, relation, cosigned);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'wrong-epoch') throw error;
  }
}

/** What taking a run came to: the channel as committed, or why nothing of it was. */
type Outcome =
  | 'conflict'
  | { readonly contradicted: string }
  | {
      readonly after: Channel;
      readonly signed: NotedHead;
      readonly fresh: number;
      /** The counterpart's newest cosignature of our own channel, as held. */
      readonly receipt: string | undefined;
    };

/** Compromises that the run reports and no notice did: nothing of it is taken before them. */
class HeedFirst extends Error {
  readonly notices: readonly Uint8Array[];

  constructor(notices: readonly Uint8Array[]) {
    super('a compromise is heeded first');
    this.notices = notices;
  }
}

async function heeding(parts: Parts, relation: Relation, parcel: Run): Promise<Outcome> {
  try {
    return await takeRun(parts, relation, parcel, false);
  } catch (error) {
    if (!(error instanceof HeedFirst)) throw error;
    for (const notice of error.notices) await heed(parts, relation, notice);
    return takeRun(parts, relation, parcel, true);
  }
}

async function heed(parts: Parts, relation: Relation, notice: Uint8Array): Promise<void> {
  try {
    await acceptNotice(parts, relation, notice);
  } catch (error) {
    // Its root may be another by now; the act counts where it stands all the same.
    if (!(error instanceof Refusal)) throw error;
  }
}

function takeRun(parts: Parts, relation: Relation, parcel: Run, hasHeeded: boolean): Promise<Outcome> {
  const { entries, approvals } = readItems(relation, parcel);
  return relation.authority.guarded((turn) =>
    transact(parts.database, async (transaction) => {
      const channel = await lockChannel(transaction, relation.number, relation.counterpart);
      if (channel.stopped !== undefined) throw new Refusal('channel-stopped', { what: channel.stopped });
      const fresh = await freshEntries(parts, transaction, relation, channel, parcel, entries);
      if (fresh === 'conflict') return 'conflict';
      await turn();
      const own = await readChannel(transaction, relation.number, relation.own);
      await relation.authority.catchUp(transaction, own, channel);
      await keepApprovals(transaction, relation.number, approvals);
      const rows = await weigh(parts, relation, transaction, own, channel, fresh);
      const unheeded = hasHeeded ? [] : await compromisesToHeed(parts, relation, transaction, rows);
      if (unheeded.length > 0) throw new HeedFirst(unheeded);
      const express = await holdAgainstExpress(parts, transaction, channel, rows);
      if (typeof express !== 'string') return express;
      await alarmBackDated(transaction, relation, own, channel.size, fresh, parts.clock.now());
      const after = await appendEntries(transaction, parts.crypto, channel, rows);
      checkRoot(after, parcel, rows.length);
      const held = entries.slice(0, entries.length - fresh.length);
      const filled = await takeBodies(parts, relation, transaction, own, { rows, from: channel.size, held });
      await nameFiles(transaction, relation, false, [...rows, ...filled]);
      await freeAfterRegisters(transaction, relation.number, rows);
      const signed = { size: parcel.checkpoint.size as LogSize, note: parcel.checkpointNote };
      if (rows.length > 0) await keepSignedHead(transaction, channel.channel, signed);
      const last = rows.at(-1);
      if (last !== undefined) await noteNoticesSeen(transaction, parts.crypto, own, sawOf(last));
      if (express === 'agrees') await settleExpress(transaction, channel, after.size);
      await takeTheirSubjects(transaction, parts.crypto, relation.number, [...rows, ...filled]);
      return { after, signed, fresh: rows.length, receipt: own.cosigned?.note };
    }),
  );
}

/**
 * The entries beyond what we have. A parcel that begins before our end is held whole against our own leaves: where its
 * signed root holds and its leaves are not ours, the counterpart has written two histories.
 */
async function freshEntries(
  parts: Parts,
  transaction: Transaction,
  relation: Relation,
  channel: Channel,
  parcel: Run,
  entries: readonly ParcelEntry[],
): Promise<readonly ParcelEntry[] | 'conflict'> {
  const { start, end } = parcel.header;
  if (start > channel.size) throw new Refusal('gap', { where: `entry ${channel.size}`, what: `have ${channel.size}` });
  if (start === channel.size) return entries;
  const frontier = await frontierAt(transaction, parts.crypto, channel, start);
  const leaves = entries.map((entry) => leafOf(parts.crypto, entry));
  const claimed = rootOf(parts.crypto, appendLeaves(parts.crypto, frontier, leaves).frontier);
  if (Buffer.compare(claimed, parcel.checkpoint.root) !== 0) {
    // Either its leaves are not those it signed, or it signed another beginning.
    const ours = end <= channel.size ? await rootAt(transaction, channel.channel, end) : undefined;
    if (ours !== undefined && Buffer.compare(ours, parcel.checkpoint.root) !== 0) return 'conflict';
    throw new Refusal('hash-mismatch', { where: `entries ${start} to ${end}` });
  }
  const overlap = Math.min(end, channel.size) - start;
  const ours = await transaction.query<{ leaf: Uint8Array }>(
    'select leaf from entry where relation = $1 and channel = $2 and index >= $3 and index < $4 order by index',
    [relation.number, channel.channel, start, start + overlap],
  );
  const differs = ours.rows.some(({ leaf }, at) => Buffer.compare(leaf, leaves[at] ?? leaf) !== 0);
  return differs ? 'conflict' : entries.slice(overlap);
}

/** Reads, places and judges entries one after the other; every one of them is kept. */
async function weigh(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  own: Channel,
  channel: Channel,
  entries: readonly ParcelEntry[],
): Promise<readonly NewEntry[]> {
  const { crypto } = parts;
  const acts = entries.map(({ envelope, body }) => readAct(crypto, envelope, body ?? undefined, relation.heads));
  checkRecipients(relation, acts);
  if (acts.length > 0) await checkQuota(parts, relation, transaction, acts);
  await relation.authority.loadAccords(transaction, acts);
  const missing = await relation.authority.loadApprovals(transaction, acts);
  if (missing.length > 0) throw new Refusal('approval-missing', { what: missing[0] ?? '' });
  const known = new Set(
    await knownActs(
      transaction,
      relation.number,
      acts.map(({ id }) => Buffer.from(id, 'hex')),
    ),
  );
  const seen = await readSeen(parts, transaction, own, channel, entries);
  const before = [...new Set(seen)].filter((size) => size > 0 && size < own.size).map((size) => size - 1);
  const ranks = before.length === 0 ? new Map<number, number>() : await ranksAt(transaction, own, before);
  const rows: NewEntry[] = [];
  let previousRank = channel.lastRank;
  for (const [at, act] of acts.entries()) {
    const entry = entries[at];
    if (entry === undefined) continue;
    const counted = seen[at] ?? entry.seen.size;
    const place = { party: relation.counterpart, index: channel.size + at, seen: counted };
    const verdict = relation.authority.judge(act, place, known.has(act.id));
    checkKeysetKnown(relation, act, verdict);
    checkAccordKnown(relation.authority, act, verdict);
    known.add(act.id);
    const seenRank = counted === own.size ? own.lastRank : (ranks.get(counted - 1) ?? 0);
    const row = entryAt(parts.crypto, act, { ...entry, counted, previousRank, seenRank, verdict });
    relation.authority.record(act, place, row, channel.channel);
    previousRank = row.rank;
    rows.push(row);
  }
  return rows;
}

/** The leaves of the parcel must make the very root its owner signed; checked before anything is committed. */
function checkRoot(after: Channel, parcel: Run, fresh: number): void {
  if (fresh === 0) return;
  if (after.size !== parcel.checkpoint.size || Buffer.compare(after.root, parcel.checkpoint.root) !== 0) {
    throw new Refusal('hash-mismatch', { where: `root at size ${parcel.checkpoint.size}` });
  }
}
