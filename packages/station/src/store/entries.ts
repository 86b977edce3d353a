import { appendLeaves, type CompleteHashes, rootOf, writeFrontier } from '@entente/c2sp';
import { type ActId, type DossierId, type Instant, type LogSize, Refusal, type NotedReason } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Channel } from './channels.ts';
import { copyRows } from './copy-rows.ts';
import type { Queryable, Transaction } from './database.ts';

/** An entry as it is written: everything but its position, which the channel gives. */
export interface NewEntry {
  readonly time: Instant;
  readonly seen: LogSize;
  /** How much it counts as having seen, where it saw entries that a new epoch left behind. */
  readonly counted?: LogSize;
  readonly rank: number;
  readonly act: Uint8Array;
  /** Leaf hash of RFC 6962, not the leaf. */
  readonly leaf: Uint8Array;
  readonly dossier: Uint8Array;
  /** Whether the act writes a register of the relation: keys, lanes, accords. */
  readonly register: boolean;
  /** Whether it only says what was seen: such an act is not answered. */
  readonly heads: boolean;
  readonly verdict: NotedReason | undefined;
  readonly envelope: Uint8Array;
  readonly body: Uint8Array | undefined;
}

/** What an entry had seen of the other channel, in the present epoch; the same in SQL is `saw(entry)`. */
export function sawOf({ seen, counted }: Pick<NewEntry, 'seen' | 'counted'>): LogSize {
  return counted ?? seen;
}

/** An entry as it stands in a channel. */
export interface Entry extends NewEntry {
  readonly index: LogSize;
}

const columns = {
  relation: 'int2',
  channel: 'int4',
  index: 'int8',
  time: 'int8',
  seen: 'int8',
  counted: 'int8',
  rank: 'int8',
  act: 'bytea',
  leaf: 'bytea',
  dossier: 'bytea',
  register: 'bool',
  heads: 'bool',
  verdict: 'text',
  envelope: 'bytea',
  body: 'bytea',
} as const;

/**
 * Appends entries to a channel whose row this transaction holds, and makes the new size a head. Returns the channel as it
 * will be once committed. The old size stands in the statement: a second writer finds nothing to change.
 */
export async function appendEntries(
  transaction: Transaction,
  crypto: Crypto,
  channel: Channel,
  entries: readonly NewEntry[],
): Promise<Channel> {
  const { frontier, complete } = appendLeaves(
    crypto,
    channel.frontier,
    entries.map(({ leaf }) => leaf),
  );
  const last = entries.at(-1);
  if (last === undefined) return channel;
  const after: Channel = {
    ...channel,
    size: frontier.size as LogSize,
    root: rootOf(crypto, frontier),
    frontier,
    lastRank: last.rank,
    lastTime: last.time,
    lastSeen: sawOf(last),
  };
  await copyRows(
    transaction,
    'entry',
    columns,
    entries.map((entry, at) => rowOf(channel, channel.size + at, entry)),
  );
  await insertNodes(transaction, channel, complete);
  await advance(transaction, channel, after);
  return after;
}

function rowOf(channel: Channel, index: number, entry: NewEntry): (number | string | boolean | Uint8Array | null)[] {
  return [
    channel.relation,
    channel.channel,
    index,
    entry.time,
    entry.seen,
    entry.counted ?? null,
    entry.rank,
    entry.act,
    entry.leaf,
    entry.dossier,
    entry.register,
    entry.heads,
    entry.verdict ?? null,
    entry.envelope,
    entry.body ?? null,
  ];
}

async function insertNodes(
  transaction: Transaction,
  channel: Channel,
  complete: readonly CompleteHashes[],
): Promise<void> {
  for (const { level, first, hashes } of complete) {
    if (level === 0) continue;
    await transaction.query({
      name: 'insert-nodes',
      text: `insert into node select $1, $2, $3, $4::bigint + n - 1, hash from unnest($5::bytea[]) with ordinality as t (hash, n)`,
      values: [channel.relation, channel.channel, level, first, hashes],
    });
  }
}

async function advance(transaction: Transaction, before: Channel, after: Channel): Promise<void> {
  const { rowCount } = await transaction.query({
    name: 'advance-channel',
    text: `with moved as (
             update channel set size = $3, root = $4, frontier = $5, last_rank = $6, last_time = $7, last_seen = $8
             where channel = $1 and size = $2 returning relation, channel, size, root)
           insert into head select * from moved`,
    values: [
      before.channel,
      before.size,
      after.size,
      after.root,
      writeFrontier(after.frontier),
      after.lastRank,
      after.lastTime,
      after.lastSeen,
    ],
  });
  if (rowCount !== 1) throw new Refusal('head-behind', { what: `the channel is no longer at ${before.size}` });
}

/** The root at a size at which the channel was committed; undefined where it never was. */
export async function rootAt(queryable: Queryable, channel: number, size: LogSize): Promise<Uint8Array | undefined> {
  const { rows } = await queryable.query<{ root: Uint8Array }>({
    name: 'root-at',
    text: 'select root from head where channel = $1 and size = $2 and relation = (select relation from channel where channel = $1)',
    values: [channel, size],
  });
  return rows[0]?.root;
}

/** The head that ends the piece beginning at `from`: at most `maximum` entries, as it was first committed if it fits. */
export async function headAfter(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
  from: LogSize,
  maximum: number,
): Promise<{ readonly size: LogSize; readonly root: Uint8Array } | undefined> {
  const { rows } = await queryable.query<{ size: LogSize; root: Uint8Array }>({
    name: 'head-after',
    text: `select size, root from head where relation = $1 and channel = $2 and size > $3 and size <= $3 + $4
           order by size desc limit 1`,
    values: [channel.relation, channel.channel, from, maximum],
  });
  return rows[0];
}

/** Entries `from` to before `to`, in order. */
export async function readEntries(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
  from: LogSize,
  to: LogSize,
): Promise<readonly Entry[]> {
  const { rows } = await queryable.query<EntryRow>({
    name: 'read-entries',
    text: 'select * from entry where relation = $1 and channel = $2 and index >= $3 and index < $4 order by index',
    values: [channel.relation, channel.channel, from, to],
  });
  return rows.map(entryOf);
}

export interface EntryRow {
  readonly index: LogSize;
  readonly time: Instant;
  readonly seen: LogSize;
  readonly counted: LogSize | null;
  readonly rank: number;
  readonly act: Uint8Array;
  readonly leaf: Uint8Array;
  readonly dossier: Uint8Array;
  readonly register: boolean;
  readonly heads: boolean;
  readonly verdict: NotedReason | null;
  readonly envelope: Uint8Array;
  readonly body: Uint8Array | null;
}

/** An entry from its row; what the row has besides stays behind. */
export function entryOf(row: EntryRow): Entry {
  const { index, time, seen, counted, rank, act, leaf, dossier, register, heads, verdict, envelope, body } = row;
  const rest = { verdict: verdict ?? undefined, body: body ?? undefined, ...(counted === null ? {} : { counted }) };
  return { index, time, seen, rank, act, leaf, dossier, register, heads, envelope, ...rest };
}

/** An entry that holds no body, whether it never had one or has lost it. */
export interface Bodiless {
  readonly act: ActId;
  readonly dossier: DossierId;
  readonly envelope: Uint8Array;
}

/** The entries of a channel without a body, but for those that say nothing but receipts; in pieces. */
export async function* bodilessEntries(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
): AsyncGenerator<readonly Bodiless[], void, undefined> {
  for (let after = -1; ;) {
    const { rows } = await queryable.query<Bodiless & { index: number }>(
      `select index, encode(act, 'hex') as act, encode(dossier, 'hex') as dossier, envelope from entry
       where relation = $1 and channel = $2 and index > $3 and body is null and not heads order by index limit 500`,
      [channel.relation, channel.channel, after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.index;
  }
}

/** Which of these act ids already stand in the relation. */
export async function knownActs(
  queryable: Queryable,
  relation: number,
  acts: readonly Uint8Array[],
): Promise<ReadonlySet<string>> {
  const { rows } = await queryable.query<{ act: string }>({
    name: 'known-acts',
    // A hash index takes no list, and a planner that knows nothing of the table yet would take the index that begins with
    // the relation: so each act is looked up by itself, and nothing else is asked where it is looked up.
    text: `select encode(asked.act, 'hex') as act from unnest($1::bytea[]) as asked (act), lateral (
             select relation, verdict from entry where entry.act = asked.act offset 0) as known
           where relation = $2 and verdict is distinct from 'orphaned'`,
    values: [acts, relation],
  });
  return new Set(rows.map(({ act }) => act));
}

/** Ranks of entries of one channel, by index. */
export async function ranksAt(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await queryable.query<{ index: number; rank: number }>({
    name: 'ranks-at',
    text: 'select index, rank from entry where relation = $1 and channel = $2 and index = any($3::bigint[])',
    values: [channel.relation, channel.channel, indexes],
  });
  return new Map(rows.map(({ index, rank }) => [index, rank]));
}

/** The entries of these acts that have their body. */
export async function readActs(
  queryable: Queryable,
  relation: number,
  acts: readonly ActId[],
): Promise<readonly { readonly envelope: Uint8Array; readonly body: Uint8Array }[]> {
  if (acts.length === 0) return [];
  const { rows } = await queryable.query<{ envelope: Uint8Array; body: Uint8Array }>(
    'select envelope, body from entry where relation = $1 and act = any($2::bytea[]) and body is not null',
    [relation, acts.map((act) => Buffer.from(act, 'hex'))],
  );
  return rows;
}
