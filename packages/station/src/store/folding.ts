import {
  emptyDigest,
  type Instant,
  type LogSize,
  type PartyId,
  readDigest,
  writeDigest,
  type RelationDigest,
} from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** Sizes of our own and of the counterpart's channel. */
export interface Sizes {
  readonly own: number;
  readonly theirs: number;
}

/** How far a relation's dossiers are folded, and their digest there. */
export interface FoldedMark {
  readonly covered: Sizes;
  readonly digest: RelationDigest;
  readonly told: Instant | undefined;
  readonly theirDigest: number | undefined;
  readonly compared: number | undefined;
}

interface MarkRow {
  readonly own_size: number;
  readonly their_size: number;
  readonly sums: Uint8Array;
  readonly told: Instant | null;
  readonly their_digest: number | null;
  readonly compared: number | null;
}

/** Reads the mark and holds it until the transaction ends; undefined while another process holds it. */
export async function lockFoldedMark(transaction: Transaction, relation: number): Promise<FoldedMark | undefined> {
  const mark = await lockMark(transaction, relation);
  if (mark !== undefined) return mark;
  await ensureFoldedMark(transaction, relation);
  return lockMark(transaction, relation);
}

async function lockMark(transaction: Transaction, relation: number): Promise<FoldedMark | undefined> {
  const { rows } = await transaction.query<MarkRow>({
    name: 'lock-folded-mark',
    text: 'select * from relation_digest where relation = $1 for update skip locked',
    values: [relation],
  });
  return rows[0] && fromRow(rows[0]);
}

/**
 * Waits until nobody folds the relation, and keeps everybody from it until the transaction ends. Whoever changes entries that
 * stand takes it before any other row: a folding that erases holds it, and then waits for entries.
 */
export async function holdFolding(transaction: Transaction, relation: number): Promise<void> {
  await ensureFoldedMark(transaction, relation);
  await transaction.query('select from relation_digest where relation = $1 for update', [relation]);
}

/** Puts the mark back to nothing folded; what was told of digests stays told. */
export async function clearFoldedMark(transaction: Transaction, relation: number): Promise<void> {
  await transaction.query(
    `update relation_digest set own_size = 0, their_size = 0, sums = $2, their_digest = null, compared = null
     where relation = $1`,
    [relation, writeDigest(emptyDigest)],
  );
}

async function ensureFoldedMark(transaction: Transaction, relation: number): Promise<void> {
  await transaction.query({
    name: 'first-folded-mark',
    text: 'insert into relation_digest (relation, sums) values ($1, $2) on conflict do nothing',
    values: [relation, writeDigest(emptyDigest)],
  });
}

/** Whether a relation has entries that are not folded, or a digest of the counterpart that was not compared. Locks nothing. */
export async function whatWaits(
  queryable: Queryable,
  relation: number,
): Promise<{ readonly entries: boolean; readonly digest: boolean }> {
  const { rows } = await queryable.query<{ entries: boolean; digest: boolean }>({
    name: 'what-waits-to-fold',
    text: `select coalesce(bool_or(size <> case when own then coalesce(own_size, 0) else coalesce(their_size, 0) end), false) as entries,
                  coalesce(bool_or(their_digest is distinct from compared), false) as digest
           from (select distinct on (own) relation, own, size from channel where relation = $1 order by own, epoch desc) held
             left join relation_digest using (relation)`,
    values: [relation],
  });
  return rows[0] ?? { entries: false, digest: false };
}

/** The mark as committed; undefined before the first folding. */
export async function readFoldedMark(queryable: Queryable, relation: number): Promise<FoldedMark | undefined> {
  const { rows } = await queryable.query<MarkRow>('select * from relation_digest where relation = $1', [relation]);
  return rows[0] && fromRow(rows[0]);
}

/** Moves the mark to a cut whose dossiers this transaction has written. */
export async function moveFoldedMark(
  transaction: Transaction,
  relation: number,
  covered: Sizes,
  digest: RelationDigest,
  theirDigest: number | undefined,
): Promise<void> {
  await transaction.query({
    name: 'move-folded-mark',
    text: `update relation_digest set own_size = $2, their_size = $3, sums = $4, their_digest = coalesce($5, their_digest)
           where relation = $1`,
    values: [relation, covered.own, covered.theirs, writeDigest(digest), theirDigest ?? null],
  });
}

/** Writes down that our digest was told, or that theirs was compared. */
export async function keepDigestTold(transaction: Transaction, relation: number, told: Instant): Promise<void> {
  await transaction.query('update relation_digest set told = $2 where relation = $1', [relation, told]);
}

export async function keepDigestCompared(transaction: Transaction, relation: number, index: number): Promise<void> {
  await transaction.query('update relation_digest set compared = $2 where relation = $1', [relation, index]);
}

/** Both channels of a relation as their newest epoch stands, read in one statement: what is held is then a cut. */
export interface HeldChannels {
  readonly own: HeldChannel;
  readonly theirs: HeldChannel;
}

export interface HeldChannel {
  readonly channel: number;
  readonly owner: PartyId;
  readonly epoch: number;
  readonly size: LogSize;
  readonly lastTime: Instant;
}

export async function readHeldChannels(queryable: Queryable, relation: number): Promise<HeldChannels> {
  const { rows } = await queryable.query<HeldChannel & { own: boolean }>({
    name: 'held-channels',
    text: `select distinct on (own) own, channel, owner, epoch, size, last_time as "lastTime"
           from channel where relation = $1 order by own, epoch desc`,
    values: [relation],
  });
  const own = rows.find((row) => row.own);
  const theirs = rows.find((row) => !row.own);
  if (own === undefined || theirs === undefined) throw new Error(`relation ${relation} lacks a channel`);
  return { own, theirs };
}

function fromRow(row: MarkRow): FoldedMark {
  return {
    covered: { own: row.own_size, theirs: row.their_size },
    digest: readDigest(row.sums) ?? emptyDigest,
    told: row.told ?? undefined,
    theirDigest: row.their_digest ?? undefined,
    compared: row.compared ?? undefined,
  };
}
