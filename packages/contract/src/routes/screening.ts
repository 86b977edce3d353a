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
  type Schema,
  shortName,
  textOf,
  uuid,
  word,
  flag,
} from '../schema.ts';

/** What a match may be proposed for, and what became of it. */
export const matchUses = ['watch-list', 'dossier', 'other-road'] as const;
export const matchStates = ['proposed', 'confirmed', 'rejected'] as const;

const probability: Schema = { type: 'number', minimum: 0, maximum: 1 };
/** `leads/investigation` */
const purposeName: Schema = { type: 'string', pattern: '^[a-z0-9-]{1,63}/[a-z0-9-]{1,63}$' };

/** Where one side stands: an act or a draft of a relation, or an entry of a watch list. */
const side = objectOf({}, { relation: shortName, list: word, act: hex64, draft: uuid, dossier: dossierId });

const summary = {
  match: count,
  use: oneOf(matchUses),
  kind: word,
  probability,
  state: oneOf(matchStates),
  proposed: instant,
  left: side,
  right: side,
} as const;
const decided = { decided: instant, officer: count } as const;

const term = objectOf(
  { about: word, finding: word, evidence: { type: 'number' }, says: textOf(400) },
  { left: textOf(700), right: textOf(700) },
);
const subject = objectOf(
  { kind: word, label: textOf(700), keys: listOf(textOf(400), 1000) },
  { identity: anyObject, details: anyObject },
);

const found = objectOf(
  { probability, where: side },
  { subject, terms: listOf(term, 50), withheld: objectOf({ why: word, whatToDo: textOf(64) }) },
);

const watchList = objectOf({
  name: word,
  purposes: listOf(purposeName, 64),
  format: word,
  imported: instant,
  read: count,
  refused: count,
});
const imported = objectOf({
  name: word,
  sha256: hex64,
  rows: count,
  read: count,
  refused: count,
  added: count,
  changed: count,
  removed: count,
});
const remark = objectOf({
  number: count,
  line: count,
  refused: flag,
  reason: word,
  what: textOf(300),
  says: textOf(200),
});

const reading = { required: { purpose: textOf(500) }, optional: { acknowledge: oneOf(['H3']) } };
const readRefusals = [
  'relation-unknown',
  'act-unknown',
  'body-erased',
  'handling-forbids',
  'purpose-missing',
  'text-invisible-characters',
] as const;
const largestList = 8 * 1024 ** 3;

/** Matches, search by likeness and watch lists. A match is a proposal: only an officer's decision makes more of it. */
export const screeningRoutes: readonly Route[] = [
  {
    name: 'listMatches',
    method: 'GET',
    path: '/v1/relations/{relation}/matches',
    summary: 'Matches, newest first, without content; those that speak of another relation only for who may know all',
    access: 'relations.read',
    query: { optional: { state: oneOf(matchStates), dossier: dossierId, draft: uuid, cursor, limit: pageLimit } },
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({ matches: listOf(objectOf(summary, decided), 500) }, { next: cursor }),
    },
    refusals: ['relation-unknown'],
  },
  {
    name: 'readMatch',
    method: 'GET',
    path: '/v1/relations/{relation}/matches/{match}',
    summary: 'Both sides of a match and what speaks for and against it, in words; the reading is logged',
    access: 'content.read',
    query: reading,
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({ ...summary, terms: listOf(term, 50), leftSubject: subject, rightSubject: subject }, decided),
    },
    refusals: [...readRefusals, 'match-unknown'],
  },
  {
    name: 'decideMatch',
    method: 'POST',
    path: '/v1/relations/{relation}/matches/{match}/decision',
    summary: 'An officer confirms or rejects a match; who, when and why goes to the house log',
    access: 'acts.write',
    body: {
      kind: 'json',
      maximum: 8192,
      schema: objectOf({ state: oneOf(['confirmed', 'rejected']), reason: textOf(2000) }),
    },
    answer: { kind: 'nothing', status: 204 },
    refusals: ['relation-unknown', 'match-unknown', 'already-exists'],
  },
  {
    name: 'searchSubjects',
    method: 'POST',
    path: '/v1/relations/{relation}/search',
    summary:
      'Whom the station knows by this name, in any script, or by this number; what was asked and shown is logged',
    access: 'content.read',
    query: reading,
    body: {
      kind: 'json',
      maximum: 16_384,
      schema: objectOf(
        { for: purposeName, kind: oneOf(['person', 'organisation']) },
        {
          names: listOf(textOf(600), 10),
          births: listOf(textOf(40), 5),
          birthplaces: listOf(textOf(200), 5),
          numbers: listOf(objectOf({ kind: word, number: textOf(600) }, { country: textOf(3) }), 10),
          limit: { type: 'integer', minimum: 1, maximum: 100 },
        },
      ),
    },
    answer: { kind: 'json', status: 200, schema: objectOf({ found: listOf(found, 200) }) },
    refusals: [...readRefusals, 'match-unknown'],
  },
  {
    name: 'listWatchLists',
    method: 'GET',
    path: '/v1/watchlists',
    summary: 'The watch lists of this station, without their entries',
    access: 'administration',
    answer: { kind: 'json', status: 200, schema: objectOf({ lists: listOf(watchList, 1000) }) },
    refusals: [],
  },
  {
    name: 'importWatchList',
    method: 'PUT',
    path: '/v1/watchlists/{list}',
    summary:
      'Makes a watch list what the file says: CSV, FollowTheMoney entities or the UN list; rows that cannot be read are kept as remarks',
    access: 'administration',
    query: {
      required: { format: oneOf(['csv', 'ftm', 'un']), purposes: textOf(4000) },
      optional: { map: textOf(4000) },
    },
    body: { kind: 'bytes', maximum: largestList },
    answer: { kind: 'json', status: 200, schema: imported },
    refusals: ['list-malformed', 'too-large', 'store-full', 'text-invisible-characters'],
  },
  {
    name: 'removeWatchList',
    method: 'DELETE',
    path: '/v1/watchlists/{list}',
    summary: 'Removes a watch list with its entries and every match they were part of',
    access: 'administration',
    answer: { kind: 'nothing', status: 204 },
    refusals: ['list-unknown'],
  },
  {
    name: 'listRemarks',
    method: 'GET',
    path: '/v1/watchlists/{list}/remarks',
    summary: 'What of a list’s last import could not be read: line and reason, never what the row said',
    access: 'administration',
    query: { optional: { cursor, limit: pageLimit } },
    answer: { kind: 'json', status: 200, schema: objectOf({ remarks: listOf(remark, 500) }, { next: cursor }) },
    refusals: ['list-unknown'],
  },
];
