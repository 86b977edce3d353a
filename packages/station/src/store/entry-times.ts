import type { Instant } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** A run of neighbouring leaves whose effective time is not what they claim. */
export interface TimeRun {
  readonly first: number;
  readonly last: number;
  readonly instant: Instant;
  /** Milliseconds by which the claimed time is disputed. */
  readonly excess: number;
}

/** The effective time of a leaf, and how far its claimed one is disputed. */
export interface LeafTime {
  readonly instant: Instant;
  readonly excess: number;
}

/** Effective times of leaves of a channel, by index; leaves that are not here are left out. */
export async function readLeafTimes(
  queryable: Queryable,
  relation: number,
  channel: number,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, LeafTime>> {
  if (indexes.length === 0) return new Map();
  const { rows } = await queryable.query<LeafTime & { index: number }>({
    name: 'read-leaf-times',
    text: `select entry.index, coalesce(run.instant, entry.time) as instant, coalesce(run.excess, 0) as excess
           from entry left join lateral (
             select instant, excess, last from entry_time t
             where t.relation = $1 and t.channel = $2 and t.first <= entry.index order by t.first desc limit 1
           ) run on run.last >= entry.index
           where entry.relation = $1 and entry.channel = $2 and entry.index = any($3::bigint[])`,
    values: [relation, channel, indexes],
  });
  return new Map(rows.map(({ index, instant, excess }) => [index, { instant, excess }]));
}

/** Replaces what is known of leaves from an index on. */
export async function writeTimeRuns(
  transaction: Transaction,
  relation: number,
  channel: number,
  from: number,
  runs: readonly TimeRun[],
): Promise<void> {
  await transaction.query({
    name: 'cut-time-runs',
    text: `with gone as (delete from entry_time where relation = $1 and channel = $2 and first >= $3)
           update entry_time set last = $3 - 1 where relation = $1 and channel = $2 and first < $3 and last >= $3`,
    values: [relation, channel, from],
  });
  if (runs.length === 0) return;
  await transaction.query({
    name: 'insert-time-runs',
    text: `insert into entry_time select $1, $2, * from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])`,
    values: [
      relation,
      channel,
      runs.map(({ first }) => first),
      runs.map(({ last }) => last),
      runs.map(({ instant }) => instant),
      runs.map(({ excess }) => excess),
    ],
  });
}

/** A leaf that was the first to have seen more of the other channel than those asked about before it. */
export interface Sighting {
  readonly index: number;
  readonly seen: number;
}

/**
 * The leaves of a channel, within a size, that were the first to have seen so many entries of the other: one for all
 * numbers that it answers, ascending. Each is found by halving.
 */
export async function readSightings(
  queryable: Queryable,
  relation: number,
  channel: number,
  size: number,
  covered: readonly number[],
): Promise<readonly Sighting[]> {
  if (covered.length === 0) return [];
  const { rows } = await queryable.query<Sighting>({
    name: 'read-sightings',
    text: `with recursive sighting as (
             select sighted.index, saw(sighted) as seen
             from first_seeing($1::smallint, $2::integer, (select min(one) from unnest($4::bigint[]) one)) first
               join entry sighted on sighted.relation = $1 and sighted.channel = $2 and sighted.index = first.index
             union all
             select sighted.index, saw(sighted) as seen
             from sighting,
               lateral (select one from unnest($4::bigint[]) one where one > sighting.seen order by one limit 1) next,
               lateral first_seeing($1::smallint, $2::integer, next.one) first
               join entry sighted on sighted.relation = $1 and sighted.channel = $2 and sighted.index = first.index
           )
           select index, seen from sighting where index < $3 order by index`,
    values: [relation, channel, size, covered],
  });
  return rows;
}

/** Keeps that a party said, ahead of the prefix, that it has an act. */
export async function keepExpressReceipt(
  transaction: Transaction,
  relation: number,
  act: string,
  channel: number,
  index: number,
): Promise<void> {
  await transaction.query(`insert into express_receipt values ($1, decode($2, 'hex'), $3, $4) on conflict do nothing`, [
    relation,
    act,
    channel,
    index,
  ]);
}

/** The entries, by act, in which a channel's owner said that it has acts ahead of their prefix. */
export async function readExpressReceipts(
  queryable: Queryable,
  relation: number,
  channel: number,
  size: number,
  acts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (acts.length === 0) return new Map();
  const { rows } = await queryable.query<{ act: string; index: number }>({
    name: 'read-express-receipts',
    text: `select encode(act, 'hex') as act, index from express_receipt
           where relation = $1 and channel = $2 and index < $3 and act = any($4::bytea[])`,
    values: [relation, channel, size, acts.map((act) => Buffer.from(act, 'hex'))],
  });
  return new Map(rows.map(({ act, index }) => [act, index]));
}
