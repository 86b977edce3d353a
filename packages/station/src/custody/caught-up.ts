import { rootOf } from '@entente/c2sp';
import { type LogSize, Refusal } from '@entente/protocol';
import { originOf } from '@entente/wire';
import { raiseAlarm } from '../store/alarms.ts';
import { type Channel, readChannel, readStandings, type Standing, stopChannel } from '../store/channels.ts';
import { transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { frontierAt } from './frontier-at.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * At the start: compares our channel with the high-water file, which no backup of the database holds (PROTOCOL §2.4). Where
 * they differ, the channel neither appends nor signs until `catchUp`, or the root's order, or a forced start.
 * @returns whether the station may append
 */
export async function checkCaughtUp(parts: Parts, relation: Relation): Promise<boolean> {
  const own = await readChannel(parts.database, relation.number, relation.own);
  if (own.stopped !== undefined) return false;
  const later = await laterEpoch(parts, relation, own.epoch);
  if (later !== undefined) {
    const why = `heads of epoch ${later} have left this station, and the database ends in epoch ${own.epoch}: take that epoch's notice in again, with entente notice accept FILE`;
    await noteBehind(parts, relation, own, why);
    return false;
  }
  const mark = await parts.highWater.read(originOf(relation.own, relation.counterpart, own.epoch));
  const signed = own.signed?.size ?? 0;
  if (mark === undefined) {
    if (signed === 0) return true;
    await noteBehind(parts, relation, own, `the high-water file is gone; this channel was signed up to ${signed}`);
    return false;
  }
  if (mark.size <= own.size && mark.size >= signed) {
    const { database, crypto } = parts;
    const root = rootOf(crypto, await frontierAt(database, crypto, own, mark.size));
    if (Buffer.compare(root, mark.root) === 0) return true;
  }
  await noteBehind(
    parts,
    relation,
    own,
    `a head of size ${mark.size} has left this station, and the database holds ${own.size}`,
  );
  return false;
}

/** An epoch of our channel after one, of which a head has left; undefined where none has. A restored database knows nothing of it. */
export async function laterEpoch(
  { highWater }: Pick<Parts, 'highWater'>,
  relation: Relation,
  epoch: number,
): Promise<number | undefined> {
  const later = (await epochsLeft(highWater, relation)).filter((one) => one > epoch);
  return later.length === 0 ? undefined : Math.max(...later);
}

/** The epochs of our channel of which a head has left. */
async function epochsLeft(highWater: Parts['highWater'], relation: Relation): Promise<readonly number[]> {
  const prefix = originOf(relation.own, relation.counterpart, 1).slice(0, -1);
  const origins = (await highWater.origins()).filter((origin) => origin.startsWith(prefix));
  return origins.map((origin) => Number(origin.slice(prefix.length)));
}

/** The counterpart says that it holds more of our channel than we do: the database is older than what has left. */
export async function noteHeldBeyond(parts: Parts, relation: Relation, have: LogSize): Promise<boolean> {
  const { own: now } = await readStandings(parts.database, relation.number);
  if (have <= now.size) return false;
  const own = await readChannel(parts.database, relation.number, relation.own);
  if (have <= own.size || own.stopped !== undefined || (await forcedAt(parts, own)) !== undefined) return false;
  await noteBehind(parts, relation, own, `the counterpart holds ${have} entries of it, and the database ${own.size}`);
  return true;
}

async function noteBehind(parts: Parts, relation: Relation, own: Channel, why: string): Promise<void> {
  const since = own.lastTime === 0 ? 'the beginning' : new Date(own.lastTime).toISOString();
  await transact(parts.database, async (transaction) => {
    await stopChannel(transaction, own.channel, 'not-caught-up');
    await raiseAlarm(transaction, {
      relation: relation.number,
      time: parts.clock.now(),
      kind: 'not-caught-up',
      what: `our channel is not caught up: ${why}. Nothing is released until it has been fetched back from ${relation.counterpart}; without a link, have our root sign an epoch notice. Drafts, the house log and acts that waited in the outbox since ${since} cannot come back: ask the officers to look through them`,
      proof: new TextEncoder().encode(own.signed?.note ?? ''),
    });
  });
}

/** The size from which an administrator forced our channel to go on; undefined where nobody did in this epoch. */
export async function forcedAt({ database }: Pick<Parts, 'database'>, own: Channel): Promise<LogSize | undefined> {
  const { rows } = await database.query<{ forced: LogSize | null }>('select forced from channel where channel = $1', [
    own.channel,
  ]);
  return rows[0]?.forced ?? undefined;
}

/**
 * Lets a station append although it has not caught up. It leaves proof: in the house log, in an alarm, in the high-water
 * file set aside, and with the counterpart, which will hold two heads that exclude each other.
 * @throws Refusal `usage` where the channel is not stopped for this reason
 */
export async function forceStart(parts: Parts, relation: Relation, administrator: string): Promise<void> {
  const { database, clock, crypto, highWater } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  if (own.stopped !== 'not-caught-up')
    throw new Refusal('usage', { what: 'the channel is not stopped for want of entries' });
  const origin = originOf(relation.own, relation.counterpart, own.epoch);
  for (const epoch of await epochsLeft(highWater, relation)) {
    if (epoch < own.epoch) continue;
    await highWater.setAside(originOf(relation.own, relation.counterpart, epoch), clock.now());
  }
  await transact(database, async (transaction) => {
    await transaction.query('update channel set stopped = null, forced = size where channel = $1', [own.channel]);
    const time = clock.now();
    const what = { forced: own.size, origin, administrator };
    await writeHouseLog(transaction, crypto, { kind: 'restore', time, what });
    await raiseAlarm(transaction, {
      relation: relation.number,
      time,
      kind: 'not-caught-up',
      what: `our channel was forced to go on from entry ${own.size}. The counterpart will see two histories and stop it; have our root sign an epoch notice naming the last common head`,
      proof: new TextEncoder().encode(own.signed?.note ?? ''),
    });
  });
}

/**
 * From where on our channel is sent: after a forced start from there, so that the counterpart sees that it was; where its
 * receipts are void, from the first of them (PROTOCOL §4.2).
 */
export async function sendFrom(parts: Parts, relation: Relation, have: LogSize): Promise<LogSize> {
  return sendFromThere((await readStandings(parts.database, relation.number)).own, have);
}

/** The same for our channel as it was read just now. */
export function sendFromThere({ sentAgainFrom }: Standing, have: LogSize): LogSize {
  return Math.min(have, sentAgainFrom ?? have) as LogSize;
}
