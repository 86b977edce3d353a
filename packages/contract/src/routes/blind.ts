import { legalBases } from '@entente/protocol';
import type { Route } from '../route.ts';
import {
  base64Of,
  count,
  dossierId,
  flag,
  hex64,
  instant,
  listOf,
  objectOf,
  oneOf,
  pageLimit,
  type Schema,
  textOf,
  word,
} from '../schema.ts';

/** What became of a check; `invalid`: the answer does not hold. */
export const checkStates = ['asked', 'hit', 'no-hit', 'refused', 'invalid'] as const;

const purposeName: Schema = { type: 'string', pattern: '^[a-z0-9-]{1,63}/[a-z0-9-]{1,63}$' };
const path = '/v1/relations/{relation}/blind';

const budget = objectOf({ day: count, ofDay: count, month: count, ofMonth: count });

const set = objectOf({ act: hex64, epoch: count, pages: count, root: hex64, made: instant }, { holds: flag });

const check = objectOf(
  { act: hex64, set: hex64, purpose: purposeName, officer: count, made: instant, state: oneOf(checkStates) },
  {
    reason: word,
    answer: hex64,
    settled: instant,
    /** On a hit: how a request for the data begins, whose clock `hit-follow-up` then runs. */
    follow: objectOf({
      track: word,
      type: word,
      inputs: objectOf({ followsHit: flag }),
      basis: listOf(hex64, 2),
    }),
  },
);

const prepared = objectOf({
  act: hex64,
  dossier: dossierId,
  type: textOf(130),
  head: base64Of(262_144),
  approvals: { enum: [1, 2] },
});

/** Blind checks: known or not known, without telling whom one asks about. */
export const blindRoutes: readonly Route[] = [
  {
    name: 'readBlind',
    method: 'GET',
    path,
    summary: 'For each purpose of the accord: the budgets, what was used of them, and the newest sets of both sides',
    access: 'relations.read',
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({
        purposes: listOf(
          objectOf(
            { purpose: purposeName, elements: count, setDays: count, asked: budget, answered: budget },
            { own: set, theirs: set },
          ),
          16,
        ),
      }),
    },
    refusals: ['relation-unknown'],
  },
  {
    name: 'prepareBlindCheck',
    method: 'POST',
    path: `${path}/checks`,
    summary: 'The exact bytes of a query about one person, for the officer’s key to sign; then authoriseActs sends it',
    access: 'acts.write',
    body: {
      kind: 'json',
      schema: objectOf({
        purpose: purposeName,
        legalBasis: oneOf(legalBases),
        identity: objectOf({
          names: listOf(textOf(700), 16, 1),
          births: listOf(textOf(32), 8),
        }),
      }),
      maximum: 65_536,
    },
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({ acts: listOf(prepared, 1, 1), statement: base64Of(98_304), challenge: base64Of(32) }),
    },
    refusals: ['relation-unknown', 'officer-unknown', 'blind-unknown', 'blind-set-missing', 'lane-closed'],
  },
  {
    name: 'listBlindChecks',
    method: 'GET',
    path: `${path}/checks`,
    summary: 'Checks of our officers, newest first; whom they were about is not told',
    access: 'acts.write',
    query: { optional: { limit: pageLimit } },
    answer: { kind: 'json', status: 200, schema: objectOf({ checks: listOf(check, 500) }) },
    refusals: ['relation-unknown'],
  },
  {
    name: 'readBlindCheck',
    method: 'GET',
    path: `${path}/checks/{act}`,
    summary: 'What became of one check',
    access: 'acts.write',
    answer: { kind: 'json', status: 200, schema: check },
    refusals: ['relation-unknown', 'act-unknown'],
  },
];
