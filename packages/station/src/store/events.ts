import type { EventKind } from '@entente/contract';
import type { Instant, JsonObject } from '@entente/protocol';
import type { Queryable } from './database.ts';

/** One thing that happened: where, never what it says. */
export interface StationEvent {
  readonly number: number;
  readonly time: Instant;
  /** None where it concerns several: only whoever may know all relations is told. */
  readonly relation: string | null;
  readonly kind: EventKind;
  readonly what: JsonObject;
}

/** The channel of PostgreSQL on which every process of the station hears that there are events. */
export const eventChannel = 'entente_event';

/**
 * Tells what happened, in the caller's transaction. Channels and alarms tell by themselves (migration 0005); this is for
 * links, clocks and express acts.
 * @param what places only: no personal data
 */
export async function tellEvent(
  queryable: Queryable,
  relation: number | undefined,
  kind: EventKind,
  what: JsonObject,
): Promise<void> {
  await queryable.query('select tell_event($1::smallint, $2, $3)', [relation ?? null, kind, what]);
}

/** Which events are wanted. */
export interface EventFilter {
  readonly relation: number | undefined;
  readonly kind: string | undefined;
}

/** Events after a number, in order, at most 500. */
export async function readEvents(
  queryable: Queryable,
  after: number,
  { relation, kind }: EventFilter,
): Promise<readonly StationEvent[]> {
  const { rows } = await queryable.query<StationEvent>({
    name: 'read-events',
    text: `select number, time, relation.name as relation, kind, what from event left join relation using (relation)
           where number > $1 and ($2::smallint is null or relation = $2) and ($3::text is null or kind = $3)
           order by number limit 500`,
    values: [after, relation ?? null, kind ?? null],
  });
  return rows;
}

/** The number of the last event, and of the oldest that is kept. */
export async function eventBounds(queryable: Queryable): Promise<{ readonly last: number; readonly oldest: number }> {
  const { rows } = await queryable.query<{ last: number; oldest: number | null }>(
    'select last, (select min(number) from event) as oldest from event_number',
  );
  const last = rows[0]?.last ?? 0;
  return { last, oldest: rows[0]?.oldest ?? last + 1 };
}

/** Forgets events older than an instant: whoever comes back later reads the state instead. */
export async function forgetEvents(queryable: Queryable, before: Instant): Promise<void> {
  await queryable.query('delete from event where time < $1', [before]);
}
