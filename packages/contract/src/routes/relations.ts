import { laneSettings } from '@entente/protocol';
import type { Route } from '../route.ts';
import {
  count,
  cursor,
  digits,
  dossierId,
  flag,
  hex64,
  instant,
  listOf,
  objectOf,
  oneOf,
  pageLimit,
  type Schema,
  shortName,
  textOf,
  word,
} from '../schema.ts';

const linkState = objectOf({ state: oneOf(['up', 'down', 'none']) }, { since: instant, why: textOf(200) });

const relationSummary = {
  relation: shortName,
  own: shortName,
  counterpart: shortName,
  link: linkState,
  alarms: count,
} as const;

const channel = objectOf(
  {
    owner: shortName,
    own: flag,
    epoch: count,
    size: count,
    /** How much of it the other party's entries say they have seen. */
    seen: count,
    signed: count,
    cosigned: count,
  },
  { stopped: textOf(200) },
);

const lane = objectOf({
  track: word,
  out: oneOf(laneSettings),
  in: oneOf(laneSettings),
});

const head = objectOf(
  { owner: shortName, epoch: count, size: count, root: hex64 },
  { signed: textOf(20_000), cosigned: textOf(40_000) },
);

const waiting = objectOf({ act: hex64, dossier: dossierId, urgency: count, authorised: instant }, { held: textOf(64) });

const alarm = objectOf(
  { number: count, time: instant, kind: word, what: textOf(2000), proof: flag },
  { settled: instant },
);

const entry = objectOf(
  {
    index: count,
    act: hex64,
    dossier: dossierId,
    type: textOf(130),
    time: instant,
    seen: count,
    register: flag,
    heads: flag,
  },
  { noted: word },
);

function reading(name: string, path: string, summary: string, schema: Schema, query?: Route['query']): Route {
  return {
    name,
    method: 'GET',
    path: `/v1/relations${path}`,
    summary,
    access: 'relations.read',
    ...(query === undefined ? {} : { query }),
    answer: { kind: 'json', status: 200, schema },
    refusals: path === '' ? [] : ['relation-unknown'],
  };
}

/** Each relation apart: nothing of one shows in another. */
export const relationRoutes: readonly Route[] = [
  reading(
    'listRelations',
    '',
    'The relations this token may see',
    objectOf({ relations: listOf(objectOf(relationSummary), 10_000) }),
  ),
  reading(
    'readRelation',
    '/{relation}',
    'One relation: its link, both channels, lanes, alarms',
    objectOf({
      ...relationSummary,
      channels: listOf(channel, 2),
      lanes: listOf(lane, 100),
      waiting: count,
      held: count,
    }),
  ),
  reading('listChannels', '/{relation}/channels', 'Both channels', objectOf({ channels: listOf(channel, 2) })),
  reading(
    'listHeads',
    '/{relation}/heads',
    'The newest head of each channel, with the checkpoints its owner signed and the other party cosigned',
    objectOf({ heads: listOf(head, 2) }),
  ),
  reading(
    'listEntries',
    '/{relation}/entries',
    'Entries of one channel in order, without content: what an event speaks of',
    objectOf({ entries: listOf(entry, 500) }),
    { required: { owner: shortName }, optional: { from: digits, limit: pageLimit } },
  ),
  reading(
    'listOutbox',
    '/{relation}/outbox',
    'Authorised acts that have no position yet, most urgent first, and why one is held',
    objectOf({ waiting: listOf(waiting, 500) }),
    { optional: { limit: pageLimit } },
  ),
  reading(
    'listAlarms',
    '/{relation}/alarms',
    'Fraud and accidents, newest first',
    objectOf({ alarms: listOf(alarm, 500) }, { next: cursor }),
    { optional: { limit: pageLimit, cursor } },
  ),
];
