import type { ActId, BlindRefusal, Instant, LogSize, Sha256Hex } from '@entente/protocol';
import { budgetWindow, type SpentQueries } from './blind-budget.ts';
import type { Queryable, Transaction } from './database.ts';

/** A published set as its act describes it. Hashes and keys as bytes. */
export interface BlindSet {
  readonly act: ActId;
  readonly purpose: string;
  readonly epoch: number;
  readonly key: Uint8Array;
  readonly pages: number;
  readonly root: Uint8Array;
  readonly sealedSha256: Sha256Hex;
  readonly made: Instant;
  /** Whether its table has the root; undefined until it came. */
  readonly holds: boolean | undefined;
}

interface SetRow extends Omit<BlindSet, 'holds'> {
  readonly holds: boolean | null;
}

const setColumns = `encode(s.act, 'hex') as act, s.purpose, s.epoch, s.key, s.pages, s.root,
  encode(s.sealed_sha256, 'hex') as "sealedSha256", s.made, s.holds`;

/** Whether an act of the relation, or a table, has come and was not taken in: one look, for every parcel and every ring. */
export async function hasBlindWork(queryable: Queryable, relation: number): Promise<boolean> {
  const { rows } = await queryable.query<{ due: boolean }>({
    name: 'has-blind-work',
    text: `select exists (select from (select channel, size from channel where relation = $1 and not own
                                       order by epoch desc limit 1) c
                          left join blind_mark m on m.relation = $1 and m.channel = c.channel
                          join entry e on e.relation = $1 and e.channel = c.channel and e.index >= coalesce(m.index, 0)
                          where e.dossier = '\\x00000000000000000000000000000000' and not e.heads)
               or exists (select from blind_set s join attachment a using (relation, own, sealed_sha256)
                          where s.relation = $1 and not s.own and s.holds is null and a.state = 'present') as due`,
    values: [relation],
  });
  return rows[0]?.due === true;
}

/** How far the counterpart's channel has been taken in, its row held until the transaction ends. */
export async function lockBlindMark(
  transaction: Transaction,
  { relation, channel }: { readonly relation: number; readonly channel: number },
): Promise<LogSize> {
  const held = await lockMark(transaction, relation, channel);
  if (held !== undefined) return held;
  await transaction.query('insert into blind_mark values ($1, $2, 0) on conflict do nothing', [relation, channel]);
  const made = await lockMark(transaction, relation, channel);
  if (made === undefined) throw new Error('just inserted');
  return made;
}

async function lockMark(transaction: Transaction, relation: number, channel: number): Promise<LogSize | undefined> {
  const { rows } = await transaction.query<{ index: LogSize }>({
    name: 'lock-blind-mark',
    text: `select case when m.channel = c.channel then index else least(index, common) end as index
           from blind_mark m join channel c on c.channel = $2 where m.relation = $1 for update of m`,
    values: [relation, channel],
  });
  return rows[0]?.index;
}

export async function moveBlindMark(
  transaction: Transaction,
  { relation, channel }: { readonly relation: number; readonly channel: number },
  index: number,
): Promise<void> {
  await transaction.query('update blind_mark set channel = $2, index = $3 where relation = $1', [
    relation,
    channel,
    index,
  ]);
}

/** An effective entry of the relation's own dossier: everything of a blind check stands in heads. */
export interface RelationEntry {
  readonly index: LogSize;
  readonly act: ActId;
  readonly time: Instant;
  readonly seen: LogSize;
  readonly envelope: Uint8Array;
}

/** The next effective acts of the relation in a channel, at most `limit`, before `end`. */
export async function relationEntries(
  queryable: Queryable,
  channel: { readonly relation: number; readonly channel: number },
  from: number,
  end: number,
  limit: number,
): Promise<readonly RelationEntry[]> {
  const { rows } = await queryable.query<RelationEntry>({
    name: 'relation-entries',
    text: `select index, encode(act, 'hex') as act, time, coalesce(counted, seen) as seen, envelope from entry
           where relation = $1 and channel = $2 and index >= $3 and index < $4
             and dossier = '\\x00000000000000000000000000000000' and not heads and verdict is null
           order by index limit $5`,
    values: [channel.relation, channel.channel, from, end, limit],
  });
  return rows;
}

export async function insertBlindSet(
  queryable: Queryable,
  relation: number,
  own: boolean,
  set: Omit<BlindSet, 'holds'>,
): Promise<void> {
  await queryable.query(
    `insert into blind_set values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      relation,
      own,
      Buffer.from(set.act, 'hex'),
      set.purpose,
      set.epoch,
      set.key,
      set.pages,
      set.root,
      Buffer.from(set.sealedSha256, 'hex'),
      set.made,
      own ? true : null,
    ],
  );
}

export async function readBlindSet(
  queryable: Queryable,
  relation: number,
  own: boolean,
  act: ActId,
): Promise<BlindSet | undefined> {
  const { rows } = await queryable.query<SetRow>({
    name: 'read-blind-set',
    text: `select ${setColumns} from blind_set s where relation = $1 and own = $2 and act = $3`,
    values: [relation, own, Buffer.from(act, 'hex')],
  });
  return rows[0] && fromRow(rows[0]);
}

/** The sets of one side, newest first; of one purpose, where one is named. */
export async function listBlindSets(
  queryable: Queryable,
  relation: number,
  own: boolean,
  purpose?: string,
): Promise<readonly BlindSet[]> {
  const { rows } = await queryable.query<SetRow>(
    `select ${setColumns} from blind_set s where relation = $1 and own = $2 and ($3::text is null or purpose = $3)
     order by made desc, act limit 500`,
    [relation, own, purpose ?? null],
  );
  return rows.map(fromRow);
}

/** The newest set of ours for a purpose among the first `seen` entries of our channel. */
export async function newestOwnSet(
  queryable: Queryable,
  relation: number,
  purpose: string,
  seen: number,
): Promise<ActId | undefined> {
  const { rows } = await queryable.query<{ act: ActId }>({
    name: 'newest-own-set',
    text: `select encode(s.act, 'hex') as act from blind_set s
           join entry e on e.act = s.act and e.relation = s.relation and e.verdict is null
           where s.relation = $1 and s.own and s.purpose = $2 and e.index < $3 order by e.index desc limit 1`,
    values: [relation, purpose, seen],
  });
  return rows[0]?.act;
}

/** Sets of the counterpart whose table has come and was not held against its root yet. */
export async function uncheckedSets(queryable: Queryable, relation: number): Promise<readonly BlindSet[]> {
  const { rows } = await queryable.query<SetRow>({
    name: 'unchecked-sets',
    text: `select ${setColumns} from blind_set s
           join attachment a on a.relation = s.relation and a.own = s.own and a.sealed_sha256 = s.sealed_sha256
           where s.relation = $1 and not s.own and s.holds is null and a.state = 'present' order by s.made`,
    values: [relation],
  });
  return rows.map(fromRow);
}

export async function keepSetHolds(queryable: Queryable, relation: number, act: ActId, holds: boolean): Promise<void> {
  await queryable.query('update blind_set set holds = $3 where relation = $1 and not own and act = $2', [
    relation,
    Buffer.from(act, 'hex'),
    holds,
  ]);
}

/** The file that an act of the counterpart, or of ours, names: the table of a set is its only one. */
export async function onlyFileOf(
  queryable: Queryable,
  relation: number,
  own: boolean,
  act: ActId,
): Promise<{ readonly sealedSha256: Sha256Hex; readonly size: number } | undefined> {
  const { rows } = await queryable.query<{ sealedSha256: Sha256Hex; size: number }>(
    `select encode(sealed_sha256, 'hex') as "sealedSha256", size from act_attachment join attachment
       using (relation, own, sealed_sha256) where relation = $1 and own = $2 and act = $3`,
    [relation, own, Buffer.from(act, 'hex')],
  );
  return rows.length === 1 ? rows[0] : undefined;
}

/** An effective entry of either channel by its act: what an inspector's finding rests on. */
export async function effectiveEntry(
  queryable: Queryable,
  relation: number,
  act: ActId,
): Promise<{ readonly owner: string; readonly index: LogSize; readonly envelope: Uint8Array } | undefined> {
  const { rows } = await queryable.query<{ owner: string; index: LogSize; envelope: Uint8Array }>(
    `select owner, index, envelope from entry join channel using (relation, channel)
     where entry.act = $2 and relation = $1 and verdict is null limit 1`,
    [relation, Buffer.from(act, 'hex')],
  );
  return rows[0];
}

/** Writes down what is said to a query. */
export async function insertAsked(
  transaction: Transaction,
  relation: number,
  query: { readonly act: ActId; readonly purpose: string; readonly time: Instant; readonly elements: Uint8Array },
  said: 'answered' | BlindRefusal,
): Promise<void> {
  await transaction.query('insert into blind_asked values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [
    relation,
    Buffer.from(query.act, 'hex'),
    query.purpose,
    query.time,
    query.elements,
    said,
  ]);
}

/** Whether these elements were answered before, in any query. */
export async function wasAnswered(queryable: Queryable, relation: number, elements: Uint8Array): Promise<boolean> {
  const { rowCount } = await queryable.query({
    name: 'was-answered',
    text: `select from blind_asked where relation = $1 and elements = $2 and said = 'answered'`,
    values: [relation, elements],
  });
  return rowCount === 1;
}

/** How many queries were answered for a purpose in the day that holds `now` (UTC), and in the 30 days that end with it. */
export async function countAnswered(
  queryable: Queryable,
  relation: number,
  purpose: string,
  now: Instant,
): Promise<SpentQueries> {
  const { rows } = await queryable.query<SpentQueries>({
    name: 'count-answered',
    text: `select count(*) filter (where time >= $3)::int as day, count(*)::int as month from blind_asked
           where relation = $1 and purpose = $2 and said = 'answered' and time >= $4`,
    values: [relation, purpose, ...budgetWindow(now)],
  });
  return rows[0] ?? { day: 0, month: 0 };
}

function fromRow({ holds, ...row }: SetRow): BlindSet {
  return { ...row, holds: holds ?? undefined };
}
