import { type Frontier, writeFrontier } from '@entente/c2sp';
import type { Instant, LogSize } from '@entente/protocol';
import type { Channel } from './channels.ts';
import type { Transaction } from './database.ts';

/** What a channel's row says of its last entry, at an earlier size. */
export interface EndOf {
  readonly size: LogSize;
  readonly root: Uint8Array;
  readonly frontier: Frontier;
}

/** How far two epochs are one, and how much of that is here: less where a restored database ends before it. */
export interface CommonPrefix {
  readonly size: LogSize;
  readonly held: EndOf;
}

/**
 * Opens the next epoch of a channel at an earlier size of it. The common prefix goes on under its number, so that a million
 * entries stay where they are; the later ones move to a channel of the old epoch, stopped, as orphaned.
 * @returns how many were orphaned
 */
export async function splitChannel(
  transaction: Transaction,
  channel: Channel,
  epoch: number,
  common: CommonPrefix,
): Promise<number> {
  const { held } = common;
  const { rows } = await transaction.query<{ channel: number }>(
    `insert into channel (relation, owner, epoch, own, size, root, frontier, last_rank, last_time, last_seen, signed_size,
                          signed_note, cosigned_size, cosigned_note, stopped)
     select relation, owner, $2, own, size, root, frontier, last_rank, last_time, last_seen, signed_size,
            signed_note, cosigned_size, cosigned_note, 'ended'
     from channel where channel = $1 returning channel`,
    [channel.channel, epoch],
  );
  const other = rows[0]?.channel;
  if (other === undefined) throw new Error('an insert returns its row');
  await swapEpochs(transaction, channel, other, epoch);
  await transaction.query(
    'delete from node where relation = $1 and channel = $2 and (index + 1) * 256::bigint ^ level > $3',
    [channel.relation, channel.channel, common.size],
  );
  await transaction.query('update head set channel = $3 where relation = $1 and channel = $2 and size > $4', [
    channel.relation,
    channel.channel,
    other,
    held.size,
  ]);
  // A head of the old epoch beyond the common prefix says nothing of the new one, wherever the act under it stands.
  for (const [table, isBeyond] of [
    ['express', '(index >= $4 or head_size > $4)'],
    ['express_due', 'index >= $4'],
    ['cosignature', 'size > $4'],
  ] as const) {
    await transaction.query(`update ${table} set channel = $3 where relation = $1 and channel = $2 and ${isBeyond}`, [
      channel.relation,
      channel.channel,
      other,
      held.size,
    ]);
  }
  const { rowCount } = await transaction.query(
    `update entry set channel = $3, register = false, verdict = 'orphaned'
     where relation = $1 and channel = $2 and index >= $4`,
    [channel.relation, channel.channel, other, held.size],
  );
  await transaction.query(
    `update channel set size = $2::bigint, root = $3, frontier = $4, signed_size = 0, signed_note = null, cosigned_size = 0,
            cosigned_note = null, stopped = case when $6::bigint > $2::bigint and own then 'not-caught-up' end, forced = null,
            void_from = null, void_to = null, void_note = null, common = $6::bigint,
            last_rank = coalesce((select rank from entry e where e.relation = $5 and e.channel = $1 and index = $2::bigint - 1), 0),
            last_time = coalesce((select time from entry e where e.relation = $5 and e.channel = $1 and index = $2::bigint - 1), 0),
            last_seen = coalesce((select saw(e) from entry e where e.relation = $5 and e.channel = $1 and index = $2::bigint - 1), 0)
     where channel = $1`,
    [channel.channel, held.size, held.root, writeFrontier(held.frontier), channel.relation, common.size],
  );
  return rowCount ?? 0;
}

/** The old number takes the new epoch, the new number the old one; no epoch twice at any instant. */
async function swapEpochs(transaction: Transaction, channel: Channel, other: number, epoch: number): Promise<void> {
  const set = 'update channel set epoch = $2 where channel = $1';
  await transaction.query(set, [other, epoch + 1]);
  await transaction.query(set, [channel.channel, epoch]);
  await transaction.query(set, [other, channel.epoch]);
}

/** Entries that a new epoch left behind; they are offered for release again. */
export interface Orphan {
  readonly channel: number;
  readonly index: LogSize;
  readonly act: string;
  readonly time: Instant;
  readonly envelope: Uint8Array;
}

/** Orphaned entries of a relation that nobody has released again, oldest first; heads acts say nothing and stay behind. */
export async function listOrphans(
  queryable: Pick<Transaction, 'query'>,
  relation: number,
  own: boolean,
): Promise<readonly Orphan[]> {
  const { rows } = await queryable.query<Orphan>(
    `select e.channel, e.index, encode(e.act, 'hex') as act, e.time, e.envelope from channel c join entry e using (relation, channel)
     where c.relation = $1 and c.own = $2 and c.stopped = 'ended' and not e.heads
       and not exists (select from entry l where l.act = e.act and l.relation = $1 and l.verdict is distinct from 'orphaned')
       and not exists (select from outbox o where o.act = e.act and o.relation = $1)
     order by e.channel, e.index limit 1000`,
    [relation, own],
  );
  return rows;
}

/** The roots of a party's channel at a size, one for each history that had a head there. @param channel any of its epochs */
export async function rootsOfEpochs(
  queryable: Pick<Transaction, 'query'>,
  channel: number,
  size: LogSize,
): Promise<readonly Uint8Array[]> {
  const { rows } = await queryable.query<{ root: Uint8Array }>({
    name: 'roots-of-epochs',
    text: `with epoch as (select o.relation, o.channel from channel c join channel o using (relation, owner) where c.channel = $1)
           select root from epoch join head using (relation, channel) where size = $2
           union select root from epoch join seen_head using (relation, channel) where size = $2`,
    values: [channel, size],
  });
  return rows.map(({ root }) => root);
}

/** The epoch before the present one of a channel, and the last size common to both. */
export interface EndedEpoch {
  readonly relation: number;
  readonly channel: number;
  readonly common: LogSize;
}

export async function lastEnded(
  queryable: Pick<Transaction, 'query'>,
  { relation, owner, channel }: Channel,
): Promise<EndedEpoch | undefined> {
  const { rows } = await queryable.query<EndedEpoch>(
    `select o.relation, o.channel, c.common from channel c join channel o using (relation, owner)
     where c.relation = $1 and c.owner = $2 and c.channel = $3 and o.epoch = c.epoch - 1`,
    [relation, owner, channel],
  );
  return rows[0];
}

/** Remembers a head of an ended epoch that the counterpart saw and a restored database no longer holds. */
export async function keepEndedHead(
  transaction: Transaction,
  { relation, channel }: EndedEpoch,
  head: { readonly size: LogSize; readonly root: string },
): Promise<void> {
  await transaction.query('insert into seen_head values ($1, $2, $3, $4) on conflict do nothing', [
    relation,
    channel,
    head.size,
    Buffer.from(head.root, 'hex'),
  ]);
}

/**
 * Counts the entries of the other channel that saw beyond the common prefix as having seen just that, with the ranks they
 * then have: both stations list them alike, whether or not they hold what was left behind.
 * @returns the index of the first of them
 */
export async function countAgain(
  transaction: Transaction,
  other: Channel,
  common: LogSize,
  rank: number,
): Promise<LogSize | undefined> {
  const { rows } = await transaction.query<{ index: LogSize; rank: number; beyond: boolean }>(
    `select index, rank, saw(entry) > $3 as beyond from entry where relation = $1 and channel = $2
       and index >= coalesce((select min(index) from entry
                             where relation = $1 and channel = $2 and saw(entry) > $3), 0) - 1
     order by index`,
    [other.relation, other.channel, common],
  );
  let previous = rows[0]?.beyond === false ? rows[0].rank : 0;
  const beyond = rows.filter((row) => row.beyond);
  const ranks = beyond.map(() => (previous = 1 + Math.max(previous, rank)));
  const first = beyond[0]?.index;
  if (first === undefined) return undefined;
  await transaction.query(
    `update entry e set rank = n.rank, counted = $5 from unnest($3::bigint[], $4::bigint[]) as n (index, rank)
     where e.relation = $1 and e.channel = $2 and e.index = n.index`,
    [other.relation, other.channel, beyond.map(({ index }) => index), ranks, common],
  );
  await transaction.query('update channel set last_rank = $2, last_seen = $3 where channel = $1', [
    other.channel,
    ranks.at(-1),
    common,
  ]);
  return first;
}
