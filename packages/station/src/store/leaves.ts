import type { ActId, DossierId, Instant, LogSize, NotedReason } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';
import { readRows } from './read-rows.ts';

/** What folding needs of an entry besides its head: where, when, how much it counts as having seen, in which dossier. */
export interface LeafRow {
  readonly index: number;
  readonly time: Instant;
  readonly seen: number;
  readonly dossier: DossierId;
  readonly rank: number;
  readonly act: ActId;
  readonly verdict: NotedReason | null;
  /** May be a digest or an express receipt: an act of the relation that writes no register and says more than receipts. */
  readonly remark: boolean;
}

/** Leaves `from` to before `to` of a channel, in order. */
export async function readLeaves(
  transaction: Transaction,
  relation: number,
  channel: number,
  from: number,
  to: number,
): Promise<readonly LeafRow[]> {
  if (from >= to) return [];
  const [of, at, first, end] = [relation, channel, from, to].map(Math.trunc);
  const rows = await readRows(
    transaction,
    `select index, time, saw(entry) as seen, dossier, rank, act, verdict,
            dossier = '\\x00000000000000000000000000000000' and not heads and not register and verdict is null as remark
     from entry where relation = ${of} and channel = ${at} and index >= ${first} and index < ${end} order by index`,
    leaf,
  );
  return rows.map(({ index, time, seen, dossier, rank, act, verdict, remark }) => ({
    index,
    time: time as Instant,
    seen,
    dossier: dossier.toHex() as DossierId,
    rank,
    act: act.toHex() as ActId,
    verdict: verdict as NotedReason | null,
    remark,
  }));
}

const leaf = {
  index: 'int8',
  time: 'int8',
  seen: 'int8',
  dossier: 'bytea',
  rank: 'int8',
  act: 'bytea',
  verdict: 'text?',
  remark: 'bool',
} as const;

/** Dossiers, among those with a running clock, that have acts in a piece of a channel. */
export async function runningDossiers(
  queryable: Queryable,
  relation: number,
  channel: number,
  from: number,
  to: number,
): Promise<readonly DossierId[]> {
  if (from >= to) return [];
  const { rows } = await queryable.query<{ dossier: DossierId }>({
    name: 'running-dossiers',
    text: `select distinct encode(entry.dossier, 'hex') as dossier from entry join dossier using (relation, dossier)
           where relation = $1 and channel = $2 and index >= $3 and index < $4 and running`,
    values: [relation, channel, from, to],
  });
  return rows.map(({ dossier }) => dossier);
}

/** Dossiers that have acts in a piece of a channel. */
export async function dossiersIn(
  queryable: Queryable,
  relation: number,
  channel: number,
  from: number,
  to: number,
): Promise<readonly DossierId[]> {
  if (from >= to) return [];
  const { rows } = await queryable.query<{ dossier: DossierId }>(
    `select distinct encode(dossier, 'hex') as dossier from entry
     where relation = $1 and channel = $2 and index >= $3 and index < $4
       and dossier <> '\\x00000000000000000000000000000000'`,
    [relation, channel, from, to],
  );
  return rows.map(({ dossier }) => dossier);
}

/** How much the entry before a size of a channel counts as having seen; 0 where there is none. */
export async function seenBefore(
  queryable: Queryable,
  relation: number,
  channel: number,
  size: number,
): Promise<number> {
  if (size === 0) return 0;
  const { rows } = await queryable.query<{ seen: number }>({
    name: 'seen-before',
    text: 'select saw(entry) as seen from entry where relation = $1 and channel = $2 and index = $3',
    values: [relation, channel, size - 1],
  });
  return rows[0]?.seen ?? 0;
}

/** Envelopes of entries of a channel, in order. */
export async function readEnvelopesAt(
  queryable: Queryable,
  relation: number,
  channel: number,
  indexes: readonly number[],
): Promise<readonly { readonly index: number; readonly envelope: Uint8Array }[]> {
  if (indexes.length === 0) return [];
  const { rows } = await queryable.query<{ index: number; envelope: Uint8Array }>({
    name: 'read-envelopes-at',
    text: `select index, envelope from entry
           where relation = $1 and channel = $2 and index = any($3::bigint[]) order by index`,
    values: [relation, channel, indexes],
  });
  return rows;
}

/** The ids of the acts at these indexes of a channel, in order. */
export async function readActsAt(
  queryable: Queryable,
  relation: number,
  channel: number,
  indexes: readonly LogSize[],
): Promise<readonly { readonly index: LogSize; readonly act: Uint8Array }[]> {
  const { rows } = await queryable.query<{ index: LogSize; act: Uint8Array }>(
    'select index, act from entry where relation = $1 and channel = $2 and index = any($3) order by index',
    [relation, channel, indexes],
  );
  return rows;
}
