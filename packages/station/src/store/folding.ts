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
  await transaction.query({
    name: 'first-folded-mark',
    text: 'insert into relation_digest (relation, sums) values ($1, $2) on conflict do nothing',
    values: [relation, writeDigest(emptyDigest)],
  });
  const { rows } = await transaction.query<MarkRow>({
    name: 'lock-folded-mark',
    text: 'select * from relation_digest where relation = $1 for update skip locked',
    values: [relation],
  });
  return rows[0] && fromRow(rows[0]);
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
