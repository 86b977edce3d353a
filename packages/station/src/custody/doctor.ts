import { type Instant, writeInstant } from '@entente/protocol';
import { originOf } from '@entente/wire';
import { type Channel, readChannel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { rootAt } from '../store/entries.ts';
import type { Parts, Relation } from './relation.ts';

/** One thing that was looked at: how it stands, and what to do where it is not well. */
export interface Finding {
  readonly name: string;
  readonly state: 'well' | 'attention' | 'unwell';
  readonly what: string;
  readonly todo?: string;
}

// PROTOCOL §3.5.
const clockTolerance = 120_000;
const settings = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** Looks at the database's settings and, for each relation, at its channels, clock, outbox and alarms. Changes nothing. */
export async function examine(parts: Parts, relations: readonly Relation[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [await examineDatabase(parts.database)];
  for (const relation of relations) {
    const own = await readChannel(parts.database, relation.number, relation.own);
    const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
    findings.push(await examineHighWater(parts, relation, own));
    for (const channel of [own, theirs]) findings.push(examineChannel(relation, channel));
    findings.push(examineClock(relation, theirs, parts.clock.now()));
    findings.push(await examineOutbox(parts.database, relation), await examineAlarms(parts.database, relation));
  }
  return findings;
}

async function examineDatabase(database: Queryable): Promise<Finding> {
  const { rows } = await database.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name = any($1) or name in ('server_version_num', 'synchronous_standby_names')`,
    [settings],
  );
  const values = new Map(rows.map(({ name, setting }) => [name, setting]));
  const off = settings.filter((name) => values.get(name) === 'off');
  const version = Number(values.get('server_version_num')) / 10_000;
  const name = 'database';
  if (off.length > 0) {
    const todo = `set ${off.join(', ')} to on in postgresql.conf, then start again`;
    return { name, state: 'unwell', what: `${off.join(', ')} is off: a power cut could lose what was receipted`, todo };
  }
  if (version < 18)
    return { name, state: 'attention', what: `PostgreSQL ${version.toFixed(1)}`, todo: 'move to PostgreSQL 18' };
  return { name, state: 'well', what: `PostgreSQL ${Math.floor(version)}, every commit durable` };
}

/** A database that is older than what has left is noticed here, before it forks its channel. */
async function examineHighWater({ database, highWater }: Parts, relation: Relation, own: Channel): Promise<Finding> {
  const name = `${relation.name}: high-water`;
  const mark = await highWater.read(originOf(relation.own, relation.counterpart, own.epoch));
  if (mark === undefined) {
    if (own.signed === undefined) return { name, state: 'well', what: 'nothing has left yet' };
    return {
      name,
      state: 'attention',
      what: `no mark, and a head of size ${own.signed.size} was signed`,
      todo: 'start the station while the counterpart can be reached: it catches up first',
    };
  }
  if (mark.size > own.size) {
    return {
      name,
      state: 'unwell',
      what: `the database ends at ${own.size}, and ${mark.size} entries have left`,
      todo: 'the database is older than its channel: start the station, let it catch up, release nothing by hand',
    };
  }
  const root = await rootAt(database, own.channel, mark.size as Channel['size']);
  if (root === undefined || Buffer.compare(root, mark.root) !== 0) {
    return {
      name,
      state: 'unwell',
      what: `another history than the one that left, at size ${mark.size}`,
      todo: 'stop the station and call your head of service: only a root-signed new epoch resumes the channel',
    };
  }
  return { name, state: 'well', what: `${mark.size} entries have left, all in the database` };
}

function examineChannel(relation: Relation, { owner, size, cosigned, stopped, own }: Channel): Finding {
  const name = `${relation.name}: channel ${owner}`;
  if (stopped === 'not-caught-up') {
    return {
      name,
      state: 'attention',
      what: 'not caught up after a restore',
      todo: 'start the station while the counterpart can be reached; without a link, open an epoch with entente epoch open',
    };
  }
  if (stopped !== undefined) {
    return {
      name,
      state: 'unwell',
      what: `stopped: ${stopped}`,
      todo: 'see the alarms; only a root-signed new epoch resumes it, the floor still passes',
    };
  }
  const pending = size - (cosigned?.size ?? 0);
  if (own && pending > 0)
    return {
      name,
      state: 'attention',
      what: `${size} entries, ${pending} not cosigned yet`,
      todo: 'they go when the link is up; or: entente carry out',
    };
  return { name, state: 'well', what: `${size} entries, all cosigned` };
}

function examineClock({ name, counterpart }: Relation, theirs: Channel, now: Instant): Finding {
  const ahead = theirs.lastTime - now;
  const found = { name: `${name}: clock` };
  if (theirs.size === 0)
    return { ...found, state: 'well', what: `${counterpart} has said nothing yet to compare with` };
  if (ahead <= clockTolerance) return { ...found, state: 'well', what: `not behind ${counterpart}’s last entry` };
  const last = writeInstant(theirs.lastTime as Instant);
  return {
    ...found,
    state: 'unwell',
    what: `${counterpart}’s last entry says ${last}, ${Math.round(ahead / 1000)} s after this clock`,
    todo: 'set this machine’s clock by NTP; if it is right, tell the counterpart',
  };
}

async function examineOutbox(database: Queryable, { name, number }: Relation): Promise<Finding> {
  const { rows } = await database.query<{
    waiting: number;
    held: number;
    oldest: Instant | null;
    reasons: string | null;
  }>(
    `select count(*)::int as waiting, count(held)::int as held, min(authorised) as oldest,
            string_agg(distinct held, ', ') as reasons from outbox where relation = $1`,
    [number],
  );
  const { waiting = 0, held = 0, oldest = null, reasons = null } = rows[0] ?? {};
  if (waiting === 0) return { name: `${name}: outbox`, state: 'well', what: 'empty' };
  const what = `${waiting} acts wait, ${held} held${reasons === null ? '' : ` (${reasons})`}${oldest === null ? '' : `, the oldest since ${writeInstant(oldest)}`}`;
  return {
    name: `${name}: outbox`,
    state: 'attention',
    what,
    todo: held > 0 ? 'look at the held acts in the outbox' : 'they go when the link is up; or: entente carry out',
  };
}

async function examineAlarms(database: Queryable, { name, number }: Relation): Promise<Finding> {
  const { rows } = await database.query<{ kind: string; count: number }>(
    'select kind, count(*)::int as count from alarm where relation = $1 and settled is null group by kind order by kind',
    [number],
  );
  if (rows.length === 0) return { name: `${name}: alarms`, state: 'well', what: 'none' };
  const what = rows.map(({ kind, count }) => `${count} ${kind}`).join(', ');
  return {
    name: `${name}: alarms`,
    state: 'unwell',
    what,
    todo: 'read them (GET /v1/relations/…/alarms), keep the proofs, tell your security officer',
  };
}
