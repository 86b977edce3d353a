import type { ActId, DossierId, DossierState, LogSize } from '@entente/protocol';
import type { Channel } from './channels.ts';
import type { Queryable, Transaction } from './database.ts';
import { type Entry, entryOf, type EntryRow, type NewEntry } from './entries.ts';

/** Notes acts that came without their bodies. @param since the size of our channel; undefined where it is not caught up */
export async function awaitBodies(
  transaction: Transaction,
  relation: number,
  since: LogSize | undefined,
  acts: readonly { readonly act: Uint8Array; readonly index: number }[],
): Promise<void> {
  await transaction.query(
    `insert into awaited_body (relation, act, index, since)
     select distinct on (act) $1::smallint, act, index, $2::bigint
     from unnest($3::bytea[], $4::bigint[]) as lacking (act, index) order by act, index
     on conflict (relation, act) do update set index = excluded.index, since = excluded.since, withheld = false`,
    [relation, since ?? null, acts.map(({ act }) => act), acts.map(({ index }) => index)],
  );
}

/** Bodies that have come now, of those among them that are awaited. @returns the entries, with their bodies */
export async function fillBodies(
  transaction: Transaction,
  relation: number,
  come: readonly Required<Pick<NewEntry, 'act' | 'body'>>[],
): Promise<readonly Entry[]> {
  const { rows } = await transaction.query<EntryRow>(
    `with filled as (
       delete from awaited_body using unnest($2::bytea[], $3::bytea[]) as come (act, body)
       where relation = $1 and awaited_body.act = come.act returning come.act, come.body)
     update entry set body = filled.body from filled
     where entry.relation = $1 and entry.act = filled.act and entry.body is null
       and entry.verdict is distinct from 'orphaned' and entry.verdict is distinct from 'repeated'
     returning entry.*`,
    [relation, come.map(({ act }) => act), come.map(({ body }) => body)],
  );
  return rows.map(entryOf);
}

/** Bodies of these acts that came ahead of their prefix. */
export async function bodiesAhead(
  transaction: Transaction,
  relation: number,
  acts: readonly Uint8Array[],
): Promise<readonly { readonly act: Uint8Array; readonly body: Uint8Array }[]> {
  const { rows } = await transaction.query<{ act: Uint8Array; body: Uint8Array }>(
    'select act, body from express where relation = $1 and act = any($2::bytea[]) and body is not null',
    [relation, acts],
  );
  return rows;
}

/** An act whose body should have been erased by an act that is here. */
export interface DueBody {
  readonly act: ActId;
  readonly index: LogSize;
  /** The dossier's state, where any act opens it. */
  readonly folded: DossierState | null;
}

/** Whether any body is awaited of which nobody has said yet that it is withheld: nearly always none is. */
export async function awaitsBodies(queryable: Queryable, relation: number): Promise<boolean> {
  const { rowCount } = await queryable.query({
    name: 'awaits-bodies',
    text: 'select from awaited_body where relation = $1 and not withheld limit 1',
    values: [relation],
  });
  return rowCount === 1;
}

/**
 * Awaited bodies of a channel of which the counterpart has said all there was to say: it has seen an entry that we
 * appended after they came. Those that came while our channel was not caught up count from the time it is.
 * @param saw how much of our channel the last of its entries that is folded had seen
 */
export async function dueBodies(
  transaction: Transaction,
  relation: number,
  channels: { readonly own: number; readonly theirs: number },
  saw: number,
): Promise<readonly DueBody[]> {
  await transaction.query(
    `update awaited_body set since = size from channel
     where awaited_body.relation = $1 and since is null and channel.channel = $2 and stopped is null`,
    [relation, channels.own],
  );
  const { rows } = await transaction.query<DueBody>(
    `select encode(act, 'hex') as act, awaited_body.index, folded
     from awaited_body join entry using (relation, act) left join dossier using (relation, dossier)
     where relation = $1 and not withheld and since < $2 and entry.channel = $3 and entry.index = awaited_body.index
     order by awaited_body.index limit 500`,
    [relation, saw, channels.theirs],
  );
  return rows;
}

/** These acts are erased: their bodies are awaited no more, and none that comes is kept. */
export async function awaitNoMore(queryable: Queryable, relation: number, acts: readonly ActId[]): Promise<void> {
  await queryable.query('delete from awaited_body where relation = $1 and act = any($2::bytea[])', [
    relation,
    acts.map((act) => Buffer.from(act, 'hex')),
  ]);
}

/** The counterpart kept these bodies to itself, or has lost them. */
export async function noteWithheld(queryable: Queryable, relation: number, acts: readonly ActId[]): Promise<void> {
  await queryable.query('update awaited_body set withheld = true where relation = $1 and act = any($2::bytea[])', [
    relation,
    acts.map((act) => Buffer.from(act, 'hex')),
  ]);
}

/** Of a channel's entries, only these acts go on being awaited: the others are erased. */
export async function awaitOnly(
  queryable: Queryable,
  { relation, channel }: Pick<Channel, 'relation' | 'channel'>,
  acts: readonly ActId[],
): Promise<void> {
  await queryable.query(
    `delete from awaited_body using entry
     where awaited_body.relation = $1 and entry.relation = $1 and entry.act = awaited_body.act
       and entry.channel = $2 and entry.index = awaited_body.index and awaited_body.act <> all($3::bytea[])`,
    [relation, channel, acts.map((act) => Buffer.from(act, 'hex'))],
  );
}

/** The first entry of a channel after one whose body is awaited. */
export async function nextAwaited(
  queryable: Queryable,
  { relation, channel }: Pick<Channel, 'relation' | 'channel'>,
  after: number,
): Promise<LogSize | undefined> {
  const { rows } = await queryable.query<{ index: LogSize }>(
    `select entry.index from awaited_body join entry using (relation, act)
     where relation = $1 and channel = $2 and entry.index = awaited_body.index and entry.index > $3
     order by entry.index limit 1`,
    [relation, channel, after],
  );
  return rows[0]?.index;
}

/** Of a dossier's acts, those whose bodies are awaited; true where they were withheld. */
export async function awaitedIn(
  queryable: Queryable,
  relation: number,
  dossier: DossierId,
): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await queryable.query<{ act: string; withheld: boolean }>(
    `select encode(act, 'hex') as act, withheld from awaited_body join entry using (relation, act)
     where relation = $1 and dossier = decode($2, 'hex')`,
    [relation, dossier],
  );
  return new Map(rows.map(({ act, withheld }) => [act, withheld]));
}
