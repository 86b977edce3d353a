import { eventKinds } from '../event-kinds.ts';
import type { Route } from '../route.ts';
import { anyObject, digits, flag, listOf, objectOf, oneOf, shortName, textOf } from '../schema.ts';

const check = objectOf({ name: textOf(40), ok: flag });

/** What a station says of itself: health without a token, figures, its own description, and what happens. */
export const stationRoutes: readonly Route[] = [
  {
    name: 'readHealth',
    method: 'GET',
    path: '/health',
    summary: 'Whether the station works: database, links, clock. Without a token; says nothing of relations',
    access: 'anonymous',
    query: { optional: { probe: oneOf(['live', 'ready']) } },
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({ status: oneOf(['well', 'unwell']), checks: listOf(check, 16) }),
    },
    refusals: ['database-unsafe'],
  },
  {
    name: 'readMetrics',
    method: 'GET',
    path: '/metrics',
    summary: 'Figures of this process and its relations, in the text format of Prometheus',
    access: 'metrics.read',
    answer: { kind: 'text', status: 200, mediaType: 'text/plain; version=0.0.4; charset=utf-8' },
    refusals: [],
  },
  {
    name: 'readOpenApi',
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    access: 'any-token',
    answer: { kind: 'json', status: 200, schema: anyObject },
    refusals: [],
  },
  {
    name: 'followEvents',
    method: 'GET',
    path: '/v1/events',
    summary:
      'What happens, as server-sent events without content. Each has a number; `Last-Event-ID`, or `after`, resumes behind it',
    access: 'relations.read',
    query: { optional: { after: digits, relation: shortName, kind: oneOf(eventKinds) } },
    answer: { kind: 'events', status: 200, mediaType: 'text/event-stream' },
    refusals: ['relation-unknown'],
  },
];
