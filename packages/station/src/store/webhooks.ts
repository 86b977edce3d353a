import { randomBytes } from 'node:crypto';
import type { EventKind } from '@entente/contract';
import { type Instant, type JsonObject, Refusal } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Queryable, Transaction } from './database.ts';
import { writeHouseLog } from './house-log.ts';
import { type Caller, whoOf } from './tokens.ts';

export interface NewWebhook {
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventKind[];
  readonly relation: number | undefined;
  readonly allowLocal: boolean;
}

export interface Webhook extends Omit<NewWebhook, 'relation'> {
  readonly webhook: number;
  readonly made: Instant;
  readonly relation: string | null;
  /** Tellings that nobody has taken yet, and since when the oldest of them waits. */
  readonly waiting: number;
  readonly oldestWaiting: Instant | null;
  readonly lastTaken: Instant | null;
  readonly lastFailure: string | null;
}

/** Starts telling an address. The secret signs every telling and is shown once. */
export async function insertWebhook(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  { name, url, events, relation, allowLocal }: NewWebhook,
  by: Caller | undefined,
): Promise<{ readonly webhook: number; readonly secret: Uint8Array }> {
  const secret = randomBytes(32);
  const { rows } = await transaction.query<{ webhook: number }>(
    `insert into webhook (url, secret, events, name, made, relation, allow_local)
     values ($1, $2, $3, $4, $5, $6, $7) returning webhook`,
    [url, secret, events, name, now, relation ?? null, allowLocal],
  );
  const webhook = rows[0]?.webhook;
  if (webhook === undefined) throw new Error('an insert that returns has a row');
  await record(transaction, crypto, now, { done: 'created', webhook, events, allowLocal, by: whoOf(by) });
  return { webhook, secret };
}

/** @throws Refusal `usage` where there is no such webhook */
export async function updateWebhook(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  webhook: number,
  { name, url, events, relation, allowLocal }: NewWebhook,
  by: Caller | undefined,
): Promise<void> {
  // What waits is tried again at once: the address may be the very thing that was wrong. Tellings first, then the
  // webhook, as whoever delivers locks them.
  await transaction.query('update webhook_delivery set due = $2 where webhook = $1', [webhook, now]);
  const { rowCount } = await transaction.query(
    'update webhook set name = $2, url = $3, events = $4, relation = $5, allow_local = $6 where webhook = $1',
    [webhook, name, url, events, relation ?? null, allowLocal],
  );
  if (rowCount !== 1) throw new Refusal('usage', { where: 'webhook' });
  await record(transaction, crypto, now, { done: 'changed', webhook, events, allowLocal, by: whoOf(by) });
}

/** Stops telling; how much had not been taken is stated, so that nothing ends in silence. @throws Refusal `usage` */
export async function deleteWebhook(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  webhook: number,
  by: Caller | undefined,
): Promise<void> {
  const { rowCount: untaken } = await transaction.query('delete from webhook_delivery where webhook = $1', [webhook]);
  const { rowCount } = await transaction.query('delete from webhook where webhook = $1', [webhook]);
  if (rowCount !== 1) throw new Refusal('usage', { where: 'webhook' });
  await record(transaction, crypto, now, { done: 'deleted', webhook, untaken: untaken ?? 0, by: whoOf(by) });
}

export async function listWebhooks(queryable: Queryable): Promise<readonly Webhook[]> {
  const { rows } = await queryable.query<Webhook>(
    `select webhook, webhook.name, url, events, webhook.made, relation.name as relation, allow_local as "allowLocal",
            last_taken as "lastTaken", last_failure as "lastFailure", waiting::int, oldest as "oldestWaiting"
     from webhook left join relation using (relation),
       lateral (select count(*) as waiting, min(made) as oldest from webhook_delivery d where d.webhook = webhook.webhook)
     order by webhook`,
  );
  return rows;
}

/** One telling that is due. */
export interface Delivery {
  readonly webhook: number;
  readonly event: number;
  readonly message: string;
  readonly content: JsonObject;
  readonly attempts: number;
  readonly url: string;
  readonly secret: Uint8Array;
  readonly allowLocal: boolean;
}

/** Locks one telling that is due, for as long as the transaction lasts; another process takes another. */
export async function nextDelivery(transaction: Transaction, now: Instant): Promise<Delivery | undefined> {
  const { rows } = await transaction.query<Delivery>({
    name: 'next-delivery',
    text: `select d.webhook, d.event, d.message, d.content, d.attempts, w.url, w.secret, w.allow_local as "allowLocal"
           from webhook_delivery d join webhook w using (webhook)
           where d.due <= $1 order by d.due, d.event limit 1 for update of d skip locked`,
    values: [now],
  });
  return rows[0];
}

/** It was taken: nothing remains to be told. */
export async function deliveryTaken(
  transaction: Transaction,
  { webhook, event }: Delivery,
  now: Instant,
): Promise<void> {
  await transaction.query('delete from webhook_delivery where webhook = $1 and event = $2', [webhook, event]);
  await transaction.query('update webhook set last_taken = $2, last_failure = null where webhook = $1', [webhook, now]);
}

/** It was not: tried again at `due`. Every so many attempts the house log says that somebody is not being told. */
export async function deliveryFailed(
  transaction: Transaction,
  crypto: Crypto,
  delivery: Delivery,
  failure: { readonly now: Instant; readonly due: Instant; readonly why: string; readonly stated: boolean },
): Promise<void> {
  const { webhook, event, attempts } = delivery;
  await transaction.query(
    'update webhook_delivery set attempts = attempts + 1, due = $3 where webhook = $1 and event = $2',
    [webhook, event, failure.due],
  );
  // One that is away would hold up every other webhook once for each telling.
  await moveOthers(transaction, delivery, failure.due);
  await transaction.query('update webhook set last_failure = $2 where webhook = $1', [webhook, failure.why]);
  if (!failure.stated) return;
  await record(transaction, crypto, failure.now, {
    done: 'not-taken',
    webhook,
    event,
    attempts: attempts + 1,
    why: failure.why,
  });
}

/** Moves the other tellings of a webhook to an instant, but for those being told at this moment. */
async function moveOthers(transaction: Transaction, { webhook, event }: Delivery, due: Instant): Promise<void> {
  await transaction.query(
    `update webhook_delivery set due = $3 where webhook = $1 and event in
       (select event from webhook_delivery where webhook = $1 and event <> $2 for update skip locked)`,
    [webhook, event, due],
  );
}

async function record(transaction: Transaction, crypto: Crypto, time: Instant, what: JsonObject): Promise<void> {
  await writeHouseLog(transaction, crypto, { kind: 'webhook', time, what });
}
