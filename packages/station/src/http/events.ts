import { Refusal, writeInstant } from '@entente/protocol';
import { eventBounds, type EventFilter, readEvents, type StationEvent } from '../store/events.ts';
import { isStillGood } from '../store/tokens.ts';
import { findRelation } from '../store/relation-queries.ts';
import type { Call, Handlers, Reply } from './call.ts';
import type { HttpParts } from './parts.ts';

// A comment line every so often keeps proxies from ending a quiet stream, and shows us who has gone.
const heartbeat = 5000;
const followersAtOnce = 200;

export function eventHandlers(parts: HttpParts): Handlers {
  let followers = 0;
  return {
    followEvents: async (call): Promise<Reply> => {
      if (followers >= followersAtOnce) throw new Refusal('quota-exceeded', { where: 'events', retryAfter: 30 });
      const after = readAfter(call);
      const filter = await filterOf(parts, call);
      const { last } = await eventBounds(parts.database);
      followers++;
      call.gone.addEventListener('abort', () => followers--, { once: true });
      return {
        kind: 'stream',
        status: 200,
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
        bytes: follow(parts, filter, after ?? last, call),
      };
    },
  };
}

/** The last event the caller had; undefined to begin with the next one. */
function readAfter(call: Call): number | undefined {
  const after = call.header('last-event-id') ?? call.query['after'];
  if (after === undefined) return undefined;
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(after)) throw new Refusal('field-malformed', { where: 'last-event-id' });
  return Number(after);
}

async function filterOf({ database }: HttpParts, { caller, query }: Call): Promise<EventFilter> {
  const name = query['relation'];
  const relation = name === undefined ? caller.relation : (await findRelation(database, name, caller)).relation;
  return { relation, kind: query['kind'] };
}

/** Events from `after` on, for ever. Reads a piece, hands it over, waits: who reads slowly holds up nobody else. */
async function* follow(
  parts: HttpParts,
  filter: EventFilter,
  after: number,
  { caller, gone }: Call,
): AsyncGenerator<string> {
  const { last, oldest } = await eventBounds(parts.database);
  yield `retry: 2000\n\n`;
  let at = after;
  if (after + 1 < oldest || after > last) {
    at = after > last ? last : oldest - 1;
    yield writeLost(at);
  }
  let silentSince = performance.now();
  let checked = silentSince;
  while (!gone.aborted) {
    if (performance.now() - checked >= heartbeat) {
      // A token that was revoked meanwhile hears nothing more.
      if (!(await isStillGood(parts.database, caller, parts.clock.now()))) return;
      checked = performance.now();
    }
    // Waiting begins before reading, so that nothing happens unheard in between.
    const more = parts.feed.next(heartbeat, gone);
    const events = await readEvents(parts.database, at, filter);
    for (const event of events) {
      yield writeEvent(event);
      at = event.number;
    }
    if (events.length > 0) {
      silentSince = performance.now();
      continue;
    }
    await more;
    if (performance.now() - silentSince < heartbeat) continue;
    yield ': still here\n\n';
    silentSince = performance.now();
  }
}

function writeEvent({ number, time, relation, kind, what }: StationEvent): string {
  return `id: ${number}\nevent: ${kind}\ndata: ${JSON.stringify({ time: writeInstant(time), relation, ...what })}\n\n`;
}

/** What the caller missed is no longer kept: it reads the state again and goes on from here. */
function writeLost(at: number): string {
  return `id: ${at}\nevent: events-lost\ndata: {}\n\n`;
}
