import type { LogSize } from '@entente/protocol';
import type { Queryable } from './database.ts';

/** A head of a channel of ours under the opaque origin that neutral witnesses know it by. */
export interface NeutralHead {
  readonly origin: string;
  readonly size: LogSize;
  readonly note: string;
}

/** Keeps the head that witnesses are shown from now on. A smaller one never takes its place under the same origin. */
export async function keepNeutralHead(queryable: Queryable, channel: number, head: NeutralHead): Promise<void> {
  await queryable.query(
    `insert into neutral_head values ($1, $2, $3, $4) on conflict (channel) do update
     set origin = excluded.origin, size = excluded.size, note = excluded.note
     where neutral_head.origin <> excluded.origin or neutral_head.size <= excluded.size`,
    [channel, head.origin, head.size, head.note],
  );
}

/** What witnesses are shown of a channel of ours, by its opaque origin. */
export async function findNeutralHead(
  queryable: Queryable,
  relation: number,
  origin: string,
): Promise<NeutralHead | undefined> {
  const { rows } = await queryable.query<NeutralHead>(
    `select head.origin, head.size, head.note from neutral_head as head join channel using (channel)
     where channel.relation = $1 and head.origin = $2`,
    [relation, origin],
  );
  return rows[0];
}

/** Keeps a head that a witness cosigned. A smaller one never takes its place under the same origin. */
export async function keepWitnessed(
  queryable: Queryable,
  channel: number,
  witness: string,
  head: NeutralHead,
): Promise<void> {
  await queryable.query(
    `insert into witnessed values ($1, $2, $3, $4, $5) on conflict (channel, witness) do update
     set origin = excluded.origin, size = excluded.size, note = excluded.note
     where witnessed.origin <> excluded.origin or witnessed.size <= excluded.size`,
    [channel, witness, head.origin, head.size, head.note],
  );
}

/** The newest head that a witness cosigned of a channel. */
export async function readWitnessed(
  queryable: Queryable,
  channel: number,
  witness: string,
): Promise<NeutralHead | undefined> {
  const { rows } = await queryable.query<NeutralHead>(
    'select origin, size, note from witnessed where channel = $1 and witness = $2',
    [channel, witness],
  );
  return rows[0];
}
