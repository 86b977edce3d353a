import type { ActId, DossierId, Instant, JsonObject } from '@entente/protocol';
import { copyRows } from './copy-rows.ts';
import type { Queryable, Transaction } from './database.ts';
import { readRows } from './read-rows.ts';

/** How urgent an act is in the outbox: a higher number leaves first. */
export const urgencies = { ordinary: 0, urgent: 50, register: 80, 'threat-to-life': 100 } as const;

/** An authorised act without a position. */
export interface Waiting {
  readonly urgency: number;
  readonly act: Uint8Array;
  readonly dossier: Uint8Array;
  readonly notAfter: Instant | undefined;
  readonly authorised: Instant;
  readonly envelope: Uint8Array;
  readonly body: Uint8Array | undefined;
}

/** A waiting act as it stands in the outbox. */
export interface Outgoing extends Waiting {
  readonly number: number;
}

const columns = {
  relation: 'int2',
  urgency: 'int2',
  act: 'bytea',
  dossier: 'bytea',
  not_after: 'int8',
  authorised: 'int8',
  envelope: 'bytea',
  body: 'bytea',
} as const;

/** Puts authorised acts into the outbox, in order. */
export async function putIntoOutbox(
  transaction: Transaction,
  relation: number,
  acts: readonly Waiting[],
): Promise<void> {
  await copyRows(
    transaction,
    'outbox',
    columns,
    acts.map((act) => [
      relation,
      act.urgency,
      act.act,
      act.dossier,
      act.notAfter ?? null,
      act.authorised,
      act.envelope,
      act.body ?? null,
    ]),
  );
}

/** The next acts to leave, most urgent first, within a number of acts and of bytes; at least one if any waits. */
export async function nextFromOutbox(
  transaction: Transaction,
  relation: number,
  maximum: { readonly acts: number; readonly bytes: number },
  leastUrgency = 0,
): Promise<readonly Outgoing[]> {
  const [of, acts, bytes, least] = [relation, maximum.acts, maximum.bytes, leastUrgency].map(Math.trunc);
  const rows = await readRows(
    transaction,
    `select number, urgency, act, dossier, not_after, authorised, envelope, body from (
       select *, sum(length(envelope) + coalesce(length(body), 0)) over (order by urgency desc, number) as bytes
       from (select * from outbox where relation = ${of} and held is null and urgency >= ${least}
             order by urgency desc, number limit ${acts}) as first
     ) as fitting
     where bytes <= ${bytes} or bytes = length(envelope) + coalesce(length(body), 0)
     order by urgency desc, number`,
    outgoing,
  );
  return rows.map(({ not_after, authorised, body, ...rest }) => ({
    ...rest,
    notAfter: (not_after ?? undefined) as Instant | undefined,
    authorised: authorised as Instant,
    body: body ?? undefined,
  }));
}

const outgoing = {
  number: 'int8',
  urgency: 'int2',
  act: 'bytea',
  dossier: 'bytea',
  not_after: 'int8?',
  authorised: 'int8',
  envelope: 'bytea',
  body: 'bytea?',
} as const;

/** Whether an act of at least this urgency waits and is not held. */
export async function waitsInOutbox(queryable: Queryable, relation: number, leastUrgency: number): Promise<boolean> {
  const { rowCount } = await queryable.query({
    name: 'waits-in-outbox',
    text: 'select from outbox where relation = $1 and held is null and urgency >= $2 limit 1',
    values: [relation, leastUrgency],
  });
  return rowCount === 1;
}

/** Takes acts out once they stand in the channel, in the same transaction. */
export async function takeFromOutbox(
  transaction: Transaction,
  relation: number,
  numbers: readonly number[],
): Promise<void> {
  await transaction.query({
    name: 'take-from-outbox',
    text: 'delete from outbox where relation = $1 and number = any($2::bigint[])',
    values: [relation, numbers],
  });
}

/** Keeps an act back with the reason; it stays until the reason is gone or a desk takes it back. */
export async function holdInOutbox(
  transaction: Transaction,
  relation: number,
  number: number,
  reason: string,
): Promise<void> {
  await transaction.query('update outbox set held = $3 where relation = $1 and number = $2', [
    relation,
    number,
    reason,
  ]);
}

/** Lets everything that was held be tried again once an entry changed a register: a lane opened, a key came. */
export async function freeAfterRegisters(
  transaction: Transaction,
  relation: number,
  entries: readonly { readonly register: boolean }[],
): Promise<void> {
  if (!entries.some(({ register }) => register)) return;
  await transaction.query(
    `update outbox set held = null where relation = $1 and held is not null and held <> 'past-not-after'`,
    [relation],
  );
}

/** What an officer sees of a waiting act: no content. */
export interface WaitingSummary {
  readonly act: ActId;
  readonly dossier: DossierId;
  readonly urgency: number;
  readonly authorised: Instant;
  readonly held: string | undefined;
}

/** The outbox without content, most urgent first. */
export async function listOutbox(
  queryable: Queryable,
  relation: number,
  limit: number,
): Promise<readonly WaitingSummary[]> {
  const { rows } = await queryable.query<Omit<WaitingSummary, 'held'> & { held: string | null }>(
    `select encode(act, 'hex') as act, encode(dossier, 'hex') as dossier, urgency, authorised, held
     from outbox where relation = $1 order by urgency desc, number limit $2`,
    [relation, limit],
  );
  return rows.map((row) => ({ ...row, held: row.held ?? undefined }));
}

/** How much waits, for the link's state and for back-pressure. */
export async function measureOutbox(
  queryable: Queryable,
  relation: number,
): Promise<JsonObject & { acts: number; held: number }> {
  const { rows } = await queryable.query<{ acts: number; held: number }>(
    `select count(*)::int as acts, count(held)::int as held from outbox where relation = $1`,
    [relation],
  );
  return rows[0] ?? { acts: 0, held: 0 };
}
