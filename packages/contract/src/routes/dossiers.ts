import type { Route } from '../route.ts';
import { review } from './reviews.ts';
import {
  anyObject,
  count,
  cursor,
  dossierId,
  flag,
  hex64,
  instant,
  listOf,
  objectOf,
  oneOf,
  pageLimit,
  shortName,
  textOf,
  word,
  yes,
} from '../schema.ts';

const summary = objectOf(
  {
    dossier: dossierId,
    track: word,
    state: word,
    opener: shortName,
    opened: instant,
    changed: instant,
    urgency: count,
  },
  {
    deadline: instant,
    /** Undecided matches of its subjects. */
    matches: count,
  },
);

/** Where an act stands and what is known of its way: the logged receipt is the other party's first entry that saw it. */
const act = objectOf(
  {
    act: hex64,
    head: anyObject,
    from: shortName,
    index: count,
    time: instant,
    seen: count,
    effect: oneOf(['effective', 'noted']),
    body: oneOf(['none', 'held', 'erased', 'awaited', 'withheld']),
    /** The other party cosigned a head that covers it. */
    cosigned: flag,
  },
  {
    reason: word,
    receipt: objectOf({ index: count, time: instant }),
  },
);

const inboxQuery = { optional: { track: word, state: word, cursor, limit: pageLimit } };

export const dossierRoutes: readonly Route[] = [
  {
    name: 'readInbox',
    method: 'GET',
    path: '/v1/relations/{relation}/inbox',
    summary: 'Dossiers by their next deadline, then by their last change; on every page the open reviews of floor acts',
    access: 'relations.read',
    query: inboxQuery,
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({ dossiers: listOf(summary, 500), reviews: listOf(review, 500) }, { next: cursor }),
    },
    refusals: ['relation-unknown'],
  },
  {
    name: 'readDossier',
    method: 'GET',
    path: '/v1/relations/{relation}/dossiers/{dossier}',
    summary: 'State, clocks, and acts in line order with heads, verdicts and receipts; no content',
    access: 'relations.read',
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf(
        {
          summary,
          cut: objectOf({ own: count, theirs: count }),
          state: anyObject,
          clocks: listOf(anyObject, 100),
          acts: listOf(act, 10_000),
        },
        {},
      ),
    },
    refusals: ['relation-unknown', 'dossier-unknown'],
  },
  {
    name: 'readContent',
    method: 'GET',
    path: '/v1/relations/{relation}/acts/{act}/content',
    summary:
      'The body of one act. The purpose is mandatory and logged with the reader; H3 is acknowledged with each read',
    access: 'content.read',
    query: { required: { purpose: textOf(500) }, optional: { acknowledge: oneOf(['H3']) } },
    answer: { kind: 'json', status: 200, schema: objectOf({ act: hex64, handling: anyObject, body: anyObject }) },
    refusals: [
      'relation-unknown',
      'act-unknown',
      'body-erased',
      'body-awaited',
      'handling-forbids',
      'purpose-missing',
      'text-invisible-characters',
    ],
  },
  {
    name: 'readAttachment',
    method: 'GET',
    path: '/v1/relations/{relation}/acts/{act}/attachments/{attachment}',
    summary: 'A file of one act, named by the SHA-256 of its plaintext; ranges are served; each read is logged',
    access: 'content.read',
    query: { required: { purpose: textOf(500) }, optional: { acknowledge: oneOf(['H3']) } },
    answer: { kind: 'bytes', status: 200, mediaType: 'application/octet-stream' },
    refusals: [
      'relation-unknown',
      'act-unknown',
      'attachment-unknown',
      'attachment-awaited',
      'body-erased',
      'body-awaited',
      'handling-forbids',
      'purpose-missing',
      'text-invisible-characters',
    ],
  },
  {
    name: 'listUses',
    method: 'GET',
    path: '/v1/relations/{relation}/acts/{act}/uses',
    summary: 'What may be done with an item, and for what may not: why, and what to do about it',
    access: 'relations.read',
    query: { required: { purpose: textOf(500) }, optional: { acknowledge: oneOf(['H3']) } },
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({
        uses: listOf(objectOf({ use: word, may: flag }, { why: word, whatToDo: textOf(64) }), 8),
      }),
    },
    refusals: ['relation-unknown', 'act-unknown', 'track-unknown', 'text-invisible-characters'],
  },
  {
    name: 'exportContent',
    method: 'POST',
    path: '/v1/relations/{relation}/acts/{act}/export',
    summary:
      'The body of one act for a file outside; H1 and H2 forbid it until the owner grants it; logged as disclosure',
    access: 'content.export',
    body: {
      kind: 'json',
      maximum: 8192,
      schema: objectOf(
        {
          purpose: textOf(500),
          justification: textOf(2000),
          destination: oneOf(['judicial-file', 'operational-file', 'other-authority']),
          to: textOf(200),
        },
        { acknowledge: oneOf(['H3']) },
      ),
    },
    answer: { kind: 'json', status: 200, schema: objectOf({ act: hex64, handling: anyObject, body: anyObject }) },
    refusals: ['relation-unknown', 'act-unknown', 'body-erased', 'body-awaited', 'handling-forbids', 'purpose-missing'],
  },
  {
    name: 'exportEvidence',
    method: 'GET',
    path: '/v1/relations/{relation}/acts/{act}/evidence',
    summary: 'Evidence of one act, checkable with programs we did not write; with its body only for a logged purpose',
    access: 'content.export',
    query: { optional: { body: yes, purpose: textOf(500), acknowledge: oneOf(['H3']) } },
    answer: { kind: 'bytes', status: 200, mediaType: 'application/x-tar' },
    refusals: [
      'relation-unknown',
      'act-unknown',
      'body-erased',
      'body-awaited',
      'handling-forbids',
      'purpose-missing',
      'head-behind',
      'text-invisible-characters',
    ],
  },
];
