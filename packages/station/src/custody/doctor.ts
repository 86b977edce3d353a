import { type Instant, type PartyId, writeInstant } from '@entente/protocol';
import { c2spCryptoOf, logVkeys, opaqueOrigin, originOf } from '@entente/wire';
import { type Channel, readChannel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { rootAt } from '../store/entries.ts';
import { readWitnessed } from '../store/neutral-heads.ts';
import { questionOf, writeQuestion } from './question.ts';
import type { Parts, Relation } from './relation.ts';
import { houseOrigin, readHouse, signedSize } from './sign-house.ts';

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

/** Looks at the database's settings and, for each relation, at its channels, clock, outbox and alarms. Changes nothing that is exchanged. */
export async function examine(parts: Parts, relations: readonly Relation[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [await examineDatabase(parts.database)];
  for (const relation of relations) {
    const own = await readChannel(parts.database, relation.number, relation.own);
    const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
    findings.push(await examineHighWater(parts, relation, own));
    const question = await questionOf(parts, relation);
    const asks = question && writeQuestion(question);
    for (const channel of [own, theirs]) findings.push(examineChannel(relation, channel, asks));
    findings.push(examineKeys(relation));
    findings.push(...(await examineWitnesses(parts, relation, own)));
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

/** A house log that does not hold a head of it that was signed was cut back: by a restore, or by a hand. */
export async function examineHouse(parts: Parts, party: PartyId): Promise<Finding> {
  const name = 'house log';
  const { size, note, lost } = await readHouse(parts, houseOrigin(party));
  if (lost !== undefined) {
    return {
      name,
      state: 'unwell',
      what: `${size} entries, which do not make the head of ${lost.size} that was signed`,
      todo: 'after a restore that is what was lost: say so to your auditor, then entente house go-on; else ask who touched the database',
    };
  }
  if (note === undefined) return { name, state: 'well', what: `${size} entries, none signed yet` };
  return { name, state: 'well', what: `${size} entries, signed up to ${signedSize(note)}: entente house head` };
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

function examineChannel(
  relation: Relation,
  { owner, size, cosigned, stopped, own }: Channel,
  asks: string | undefined,
): Finding {
  const name = `${relation.name}: channel ${owner}`;
  if (stopped === 'not-caught-up') {
    return {
      name,
      state: 'attention',
      what: 'not caught up after a restore',
      todo: `start the station while the counterpart can be reached, whoever dials; where it is refused with key-unknown, the counterpart has a keyset that this database lacks: have its notice handed over again, then entente notice accept. By stick: have ${relation.counterpart} run entente carry out --answer ${asks} FILE, then entente carry in. Without any road, open an epoch with entente epoch open`,
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

/** What neutral witnesses have cosigned, and what their operators must be given before they cosign anything. */
async function examineWitnesses(
  { database, crypto }: Parts,
  relation: Relation,
  own: Channel,
): Promise<readonly Finding[]> {
  const { hash, accord } = relation.authority.accord(relation.own);
  const origin = opaqueOrigin(crypto, hash, originOf(relation.own, relation.counterpart, own.epoch));
  const log = logVkeys(c2spCryptoOf(crypto), origin, relation.ownKeyset.keys.log).ed25519.text;
  return Promise.all(
    accord.witnesses.map(async (vkey): Promise<Finding> => {
      const [name] = vkey.split('+');
      const found = { name: `${relation.name}: witness ${name}` };
      const head = await readWitnessed(database, own.channel, vkey);
      if (head !== undefined && head.origin === origin && head.size >= (own.cosigned?.size ?? 0))
        return { ...found, state: 'well', what: `cosigned ${head.size} entries` };
      const what = head === undefined ? 'has cosigned nothing yet' : `cosigned ${head.size} entries of ${own.size}`;
      const todo = `it is asked every ten minutes; its place stands in station.json under witnesses, and its operator must know this log: ${log}`;
      return { ...found, state: 'attention', what, todo };
    }),
  );
}

/** The keystore is in no backup: after a restore it may be ahead of the database. */
function examineKeys({ name, keys, ownKeyset }: Relation): Finding {
  const found = { name: `${name}: keys` };
  const { number, keys: published } = ownKeyset;
  if (Buffer.compare(keys.station.publicKey, published.station) === 0)
    return { ...found, state: 'well', what: `those of our keyset ${number}` };
  return {
    ...found,
    state: 'unwell',
    what: `not those of our keyset ${number}, the newest in the database`,
    todo: 'the keyset comes back while the station catches up; else hand its notice to entente notice accept, or run entente keyset use-spare or keyset next again',
  };
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
