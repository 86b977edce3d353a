import { legalBases } from '@entente/protocol';
import type { Route } from '../route.ts';
import {
  anyObject,
  count,
  cursor,
  dossierId,
  hex64,
  instant,
  listOf,
  objectOf,
  oneOf,
  pageLimit,
  shortName,
  textOf,
  word,
} from '../schema.ts';

/** Directive (EU) 2016/680 art. 38(3), 39(3): what the supervisory authority asks for. */
const transfer = objectOf({
  relation: shortName,
  act: hex64,
  dossier: dossierId,
  type: textOf(130),
  time: instant,
  legalBasis: oneOf(legalBases),
  receivingAuthority: textOf(200),
  justification: textOf(2000),
  codes: listOf(textOf(2), 4),
});

const read = objectOf({ number: count, time: instant, kind: oneOf(['read', 'export']), what: anyObject });

const figure = objectOf({ name: word, numerator: count, denominator: count });

export const recordRoutes: readonly Route[] = [
  {
    name: 'listTransfers',
    method: 'GET',
    path: '/v1/relations/{relation}/transfers',
    summary: 'The record of transfers to the other state, newest first',
    access: 'transfers.read',
    query: { optional: { cursor, limit: pageLimit } },
    answer: { kind: 'json', status: 200, schema: objectOf({ transfers: listOf(transfer, 500_000) }, { next: cursor }) },
    refusals: ['relation-unknown'],
  },
  {
    name: 'listReads',
    method: 'GET',
    path: '/v1/relations/{relation}/reads',
    summary: 'Who read what, when and why, newest first; this reading is logged too',
    access: 'reads.inspect',
    query: { required: { purpose: textOf(500) }, optional: { dossier: dossierId, cursor, limit: pageLimit } },
    answer: { kind: 'json', status: 200, schema: objectOf({ reads: listOf(read, 500) }, { next: cursor }) },
    refusals: ['relation-unknown', 'purpose-missing', 'text-invisible-characters'],
  },
  {
    name: 'readStatistics',
    method: 'GET',
    path: '/v1/relations/{relation}/statistics',
    summary: 'Counters and figures of each track at the folded cut; every figure names numerator and denominator',
    access: 'relations.read',
    query: { optional: { from: instant, until: instant } },
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({
        cut: objectOf({ own: count, theirs: count }),
        tracks: listOf(
          objectOf({
            track: word,
            dossiers: count,
            states: { type: 'object', additionalProperties: count },
            counters: { type: 'object', additionalProperties: count },
            figures: listOf(figure, 200),
          }),
          100,
        ),
      }),
    },
    refusals: ['relation-unknown'],
  },
];
