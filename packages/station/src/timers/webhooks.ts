import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import { Logger, parseCronItems, run, type Runner, runMigrations } from 'graphile-worker';
import type { Clock } from '../adapters/clock.ts';
import type { Log } from '../adapters/log.ts';
import { postWebhook } from '../adapters/post-webhook.ts';
import { type Database, transact } from '../store/database.ts';
import { forgetEvents } from '../store/events.ts';
import { type Delivery, deliveryFailed, deliveryTaken, nextDelivery } from '../store/webhooks.ts';

const firstDelay = 2000;
// A telephone that must ring is tried every five minutes, for as long as it takes.
const longestDelay = 300_000;
// After half an hour, then about once a day, the house log says that somebody is not being told.
const statedAt = 10;
const statedEvery = 288;
const eventsKept = 14 * 86_400_000;

/** What the jobs of webhooks work with. */
export interface WebhookParts {
  readonly database: Database;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly log: Log;
}

/** Jobs under way; stopping lets the one that runs end. */
export interface Timers {
  stop(): Promise<void>;
}

/** Names of jobs and what each does; `over` is aborted when the station stops, and a job ends soon after. */
export type Jobs = Readonly<Record<string, (over: AbortSignal) => Promise<void>>>;

/** A job that is also done at certain minutes: `* * * * *`. */
export interface Round {
  readonly job: string;
  readonly match: string;
}

/** The jobs of webhooks: tell what is due, and forget events that nobody can still ask for. */
export function webhookJobs(parts: WebhookParts): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'deliver-webhooks': (over) => deliverDue(parts, over),
      'forget-events': () => forgetEvents(parts.database, (parts.clock.now() - eventsKept) as Instant),
    },
    rounds: [
      { job: 'deliver-webhooks', match: '* * * * *' },
      { job: 'forget-events', match: '17 * * * *' },
    ],
  };
}

/**
 * Runs jobs out of PostgreSQL. A job is only a ring: what there is to do stands in our own tables under their own locks,
 * so that a process that is killed leaves nothing locked, and the minute's round finds what it left.
 */
export async function startTimers(
  { database, log }: Pick<WebhookParts, 'database' | 'log'>,
  { jobs, rounds }: { readonly jobs: Jobs; readonly rounds: readonly Round[] },
): Promise<Timers> {
  // A connection that breaks in the middle of a transaction fails its query; the event besides would end the process.
  database.on('connect', (client) => client.on('error', () => {}));
  const options = { pgPool: database, noHandleSignals: true, logger: quietLogger(log) };
  await runMigrations(options);
  const over = new AbortController();
  const runner: Runner = await run({
    ...options,
    concurrency: 4,
    pollInterval: 5000,
    taskList: Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, async () => job(over.signal)])),
    parsedCronItems: parseCronItems(
      rounds.map(({ job, match }) => ({ task: job, match, options: { jobKey: job, backfillPeriod: 0 } })),
    ),
  });
  return {
    stop: async () => {
      over.abort();
      await runner.stop();
    },
  };
}

/** Tells everything that is due, then waits for what falls due within the minute: the round does the rest. */
async function deliverDue(parts: WebhookParts, over: AbortSignal): Promise<void> {
  const until = performance.now() + 50_000;
  while (performance.now() < until && !over.aborted) {
    if (await deliverOne(parts, over)) continue;
    const soon = await nextDue(parts.database, parts.clock.now());
    if (soon === undefined || performance.now() + soon > until) return;
    await sleep(Math.max(100, soon), undefined, { signal: over }).catch(() => {});
  }
}

/** Milliseconds until the next telling is due; undefined where there is none. */
async function nextDue(database: Database, now: Instant): Promise<number | undefined> {
  const { rows } = await database.query<{ due: number | null }>('select min(due) as due from webhook_delivery');
  const due = rows[0]?.due ?? null;
  return due === null ? undefined : Math.max(0, due - now);
}

/** Tells one that is due; false where there is none. Its row stays locked meanwhile, so that it is told by one process. */
async function deliverOne({ database, crypto, clock, log }: WebhookParts, over: AbortSignal): Promise<boolean> {
  return transact(database, async (transaction) => {
    const delivery = await nextDelivery(transaction, clock.now());
    if (delivery === undefined) return false;
    const told = await postWebhook({ ...delivery, timestamp: Math.floor(clock.now() / 1000) }, over);
    const now = clock.now();
    if (told.kind === 'taken') {
      await deliveryTaken(transaction, delivery, now);
      return true;
    }
    const { webhook, event, attempts } = delivery;
    log.write('warn', 'a webhook was not taken', { webhook, event, attempt: attempts + 1, where: told.why });
    const due = (now + delayAfter(delivery)) as Instant;
    const stated = attempts + 1 === statedAt || (attempts + 1) % statedEvery === 0;
    await deliveryFailed(transaction, crypto, delivery, { now, due, why: told.why, stated });
    return true;
  });
}

function delayAfter({ attempts }: Delivery): number {
  return Math.min(longestDelay, firstDelay * 2 ** Math.min(attempts, 20));
}

/** The library's lines carry job payloads: only that it warned is kept. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level) => {
    if (level === 'error' || level === 'warning') log.write('warn', 'the job runner warned', { name: level });
  });
}
