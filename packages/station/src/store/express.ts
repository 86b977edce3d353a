import type { Instant, LogSize, NotedReason } from '@entente/protocol';
import type { Channel } from './channels.ts';
import type { Queryable, Transaction } from './database.ts';

/** An act of the counterpart that came ahead of its prefix. */
export interface ExpressAct {
  readonly index: LogSize;
  readonly act: Uint8Array;
  readonly leaf: Uint8Array;
  readonly dossier: Uint8Array;
  readonly time: Instant;
  readonly seen: LogSize;
  readonly received: Instant;
  readonly witnessed: boolean;
  readonly verdict: NotedReason | undefined;
  readonly headSize: LogSize;
  readonly headRoot: Uint8Array;
  readonly proof: string;
}

type Of = Pick<Channel, 'relation' | 'channel'>;

/** Keeps an express act. @returns when it was first received; `isNew` where that is now */
export async function keepExpress(
  transaction: Transaction,
  { relation, channel }: Of,
  express: ExpressAct,
  content: { readonly envelope: Uint8Array | undefined; readonly body: Uint8Array | undefined },
): Promise<{ readonly received: Instant; readonly isNew: boolean }> {
  const { rowCount } = await transaction.query(
    `insert into express values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict do nothing`,
    [
      relation,
      channel,
      express.index,
      express.act,
      express.leaf,
      express.dossier,
      express.time,
      express.seen,
      express.received,
      express.witnessed,
      express.verdict ?? null,
      express.headSize,
      express.headRoot,
      express.proof,
      content.envelope ?? null,
      content.body ?? null,
    ],
  );
  if (rowCount === 1) return { received: express.received, isNew: true };
  const { rows } = await transaction.query<{ received: Instant }>(
    'select received from express where relation = $1 and channel = $2 and index = $3 and act = $4',
    [relation, channel, express.index, express.act],
  );
  return { received: rows[0]?.received ?? express.received, isNew: false };
}

/** Express acts that still wait for their prefix, in order; without content. */
export async function awaitingPrefix(queryable: Queryable, { relation, channel }: Of): Promise<readonly ExpressAct[]> {
  const { rows } = await queryable.query<Omit<ExpressAct, 'verdict'> & { readonly verdict: NotedReason | null }>({
    name: 'awaiting-prefix',
    text: `select index, act, leaf, dossier, time, seen, received, witnessed, verdict, head_size as "headSize",
                  head_root as "headRoot", proof
           from express where relation = $1 and channel = $2 and envelope is not null order by index`,
    values: [relation, channel],
  });
  return rows.map((row) => ({ ...row, verdict: row.verdict ?? undefined }));
}

/** What came ahead of its prefix and is to be held against it: a leaf at its index, a root at the size of its head. */
export type Ahead = Pick<ExpressAct, 'index' | 'leaf' | 'headSize' | 'headRoot' | 'proof'>;

/** What came ahead and is reached by a prefix that grows from the channel's size to `upTo`; by the size of the head. */
export async function reachedByPrefix(
  queryable: Queryable,
  { relation, channel, size }: Of & Pick<Channel, 'size'>,
  upTo: number,
): Promise<readonly Ahead[]> {
  const { rows } = await queryable.query<Ahead>({
    name: 'reached-by-prefix',
    text: `select index, leaf, head_size as "headSize", head_root as "headRoot", proof from express
           where relation = $1 and channel = $2
             and ((index >= $3 and index < $4) or (head_size > $3 and head_size <= $4))
           order by head_size`,
    values: [relation, channel, size, upTo],
  });
  return rows;
}

/** How many acts stand ahead of the channel's prefix. */
export async function countAhead(
  queryable: Queryable,
  { relation, channel, size }: Of & Pick<Channel, 'size'>,
): Promise<number> {
  const { rows } = await queryable.query<{ ahead: number }>(
    'select count(*)::int as ahead from express where relation = $1 and channel = $2 and index >= $3',
    [relation, channel, size],
  );
  return rows[0]?.ahead ?? 0;
}

/** Empties express acts whose entries now stand in the channel. */
export async function settleExpress(transaction: Transaction, { relation, channel }: Of, size: LogSize): Promise<void> {
  await transaction.query(
    'update express set envelope = null, body = null where relation = $1 and channel = $2 and index < $3 and envelope is not null',
    [relation, channel, size],
  );
}

/** Notes entries of our own that may go ahead of their prefix. */
export async function noteDue(
  transaction: Transaction,
  { relation, channel }: Of,
  entries: readonly { readonly index: LogSize; readonly act: Uint8Array }[],
): Promise<void> {
  if (entries.length === 0) return;
  await transaction.query({
    name: 'note-due',
    text: 'insert into express_due select $1, $2, unnest($3::bigint[]), unnest($4::bytea[]) on conflict do nothing',
    values: [relation, channel, entries.map(({ index }) => index), entries.map(({ act }) => act)],
  });
}

/** Entries of our own from an index on that were noted and not answered yet; those before `held` are forgotten. */
export async function listDue(
  queryable: Queryable,
  { relation, channel }: Of,
  held: LogSize,
  from: number,
): Promise<readonly LogSize[]> {
  await queryable.query({
    name: 'forget-due',
    text: 'delete from express_due where relation = $1 and channel = $2 and index < $3',
    values: [relation, channel, held],
  });
  const { rows } = await queryable.query<{ index: LogSize }>({
    name: 'list-due',
    text: `select index from express_due where relation = $1 and channel = $2 and index >= $3 and not answered
           order by index limit 100`,
    values: [relation, channel, from],
  });
  return rows.map(({ index }) => index);
}

/** The counterpart has said that it received this act. @returns false where no such act was sent ahead */
export async function noteAnswered(
  queryable: Queryable,
  { relation, channel }: Of,
  index: number,
  act: Uint8Array,
): Promise<boolean> {
  const { rowCount } = await queryable.query(
    'update express_due set answered = true where relation = $1 and channel = $2 and index = $3 and act = $4',
    [relation, channel, index, act],
  );
  return rowCount === 1;
}

/** Whether an act of the counterpart is here, in its channel or ahead of it. */
export async function isHere(queryable: Queryable, relation: number, act: Uint8Array): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `select from express where relation = $1 and act = $2
     union all select from entry where relation = $1 and act = $2`,
    [relation, act],
  );
  return (rowCount ?? 0) > 0;
}
