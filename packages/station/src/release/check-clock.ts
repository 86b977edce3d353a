import { clockTolerance, type Instant, readHead, Refusal } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { raiseAlarm } from '../store/alarms.ts';
import type { Queryable } from '../store/database.ts';
import { urgencies } from '../store/outbox.ts';

/**
 * Refuses to append where our clock is more than 120 s off the counterpart's, as last heard, or behind its last leaf, unless
 * an administrator's act, appended or about to be, says by how much it is (PROTOCOL §3.5).
 * @throws Refusal `clock-off`, having raised an alarm
 */
export async function checkClock(parts: Parts, relation: Relation): Promise<void> {
  const { database, clock } = parts;
  const now = clock.now();
  const off = await differenceOf(database, relation, now);
  if (Math.abs(off) <= clockTolerance) return;
  const allowed = (await lastOverride(database, relation)) ?? 0;
  if (Math.abs(off - allowed * 1000) <= clockTolerance) return;
  const what = `our clock is ${Math.round(Math.abs(off) / 60_000)} minutes ${off > 0 ? 'ahead of' : 'behind'} ${relation.counterpart}: nothing is released. Set the clock; if it is the counterpart's that is wrong, an administrator confirms the difference with the act clock-override`;
  await raiseAlarm(database, { relation: relation.number, time: now, kind: 'clock-off', what, proof: undefined });
  throw new Refusal('clock-off', { what: `${Math.round(off / 1000)} s`, retryAfter: 60 });
}

/** How many milliseconds we are ahead; a last leaf that lies in our future counts as the counterpart's clock. */
async function differenceOf(queryable: Queryable, relation: Relation, now: Instant): Promise<number> {
  const { rows } = await queryable.query<{ last: number | null; difference: number | null }>({
    name: 'clock-difference',
    text: `select (select last_time from channel where relation = $1 and owner = $2 order by epoch desc limit 1) as last,
                  (select difference from clock_heard where relation = $1) as difference`,
    values: [relation.number, relation.counterpart],
  });
  const { last, difference } = rows[0] ?? { last: null, difference: null };
  const behind = now - (last ?? 0);
  return behind < -clockTolerance ? behind : (difference ?? 0);
}

/** Seconds that the newest clock-override act confirms; it may still wait in the outbox. */
async function lastOverride(queryable: Queryable, relation: Relation): Promise<number | undefined> {
  const { rows } = await queryable.query<{ envelope: Uint8Array }>(
    `(select envelope from outbox where relation = $1 and held is null and urgency >= $3 order by number desc limit 100)
     union all
     (select e.envelope from channel c join entry e using (relation, channel)
      where c.relation = $1 and c.owner = $2 and c.stopped is null and e.register order by e.index desc limit 100)`,
    [relation.number, relation.own, urgencies.register],
  );
  for (const { envelope } of rows) {
    const { type, inputs } = readHead(readEnvelope(envelope).headBytes);
    if (type === 'relation/clock-override' && typeof inputs['difference'] === 'number') return inputs['difference'];
  }
  return undefined;
}

/** Writes down by how much our clock was ahead of the counterpart's when it was heard. @param theirs its time, to the second */
export async function noteClock({ database, clock }: Parts, { number }: Relation, theirs: Instant): Promise<void> {
  const now = clock.now();
  // The counterpart says whole seconds: half of one is the best guess.
  await database.query({
    name: 'note-clock',
    text: `insert into clock_heard values ($1, $2, $3) on conflict (relation) do update set difference = $2, heard = $3
           where abs(clock_heard.difference - $2) > 2000 or clock_heard.heard < $3 - 60000 or clock_heard.heard > $3`,
    values: [number, now - theirs - 500, now],
  });
}
