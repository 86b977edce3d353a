import { eventKinds } from '../event-kinds.ts';
import type { Route } from '../route.ts';
import {
  count,
  flag,
  instant,
  listOf,
  objectOf,
  type Schema,
  setOf,
  shortName,
  textOf,
  uuid,
  word,
} from '../schema.ts';
import { roles, scopes } from '../scopes.ts';

const newOfficer = { name: textOf(200), function: textOf(64), roles: setOf(roles, 1), unit: word };
const officer = objectOf({ officer: count, ...newOfficer, keys: count }, { deputy: count, revoked: instant });

const duty = objectOf({ officer: { type: 'integer', minimum: 1, maximum: 32_767 }, from: instant, until: instant });

const newToken = { name: textOf(100), scopes: setOf(scopes, 1), expires: instant };
const ofToken = { officer: { type: 'integer', minimum: 1, maximum: 32_767 }, relation: shortName };
const token = objectOf({ token: uuid, ...newToken, made: instant }, { ...ofToken, revoked: instant });

const newWebhook = { name: textOf(100), url: textOf(2000), events: setOf(eventKinds, 1) };
const ofWebhook = { relation: shortName, allowLocal: flag };
const webhook = objectOf(
  { webhook: count, ...newWebhook, made: instant, waiting: count, allowLocal: flag },
  { relation: shortName, oldestWaiting: instant, lastTaken: instant, lastFailure: textOf(200) },
);

const administration = 'administration';

function listing(name: string, path: string, summary: string, schema: Schema): Route {
  return {
    name,
    method: 'GET',
    path,
    summary,
    access: administration,
    answer: { kind: 'json', status: 200, schema },
    refusals: [],
  };
}

function removing(name: string, path: string, summary: string, refusals: Route['refusals']): Route {
  return {
    name,
    method: 'DELETE',
    path,
    summary,
    access: administration,
    answer: { kind: 'nothing', status: 204 },
    refusals,
  };
}

/** Officers, who is on duty, who may call, who is told. Every change stands in the house log. */
export const administrationRoutes: readonly Route[] = [
  listing('listOfficers', '/v1/officers', 'Officers of this party', objectOf({ officers: listOf(officer, 32_767) })),
  {
    name: 'createOfficer',
    method: 'POST',
    path: '/v1/officers',
    summary: 'Enters an officer; keys are enrolled by an act',
    access: administration,
    body: {
      kind: 'json',
      maximum: 4096,
      schema: objectOf(newOfficer, { deputy: { type: 'integer', minimum: 1, maximum: 32_767 } }),
    },
    answer: { kind: 'json', status: 201, schema: officer },
    refusals: ['already-exists', 'officer-unknown'],
  },
  removing('revokeOfficer', '/v1/officers/{officer}', 'Revokes an officer and every token of theirs, at once', [
    'officer-unknown',
  ]),
  listing(
    'readRoster',
    '/v1/units/{unit}/roster',
    'Who of a unit is on duty, from now on',
    objectOf({ duties: listOf(duty, 10_000) }),
  ),
  {
    name: 'writeRoster',
    method: 'PUT',
    path: '/v1/units/{unit}/roster',
    summary: 'Replaces the roster of a unit from now on',
    access: administration,
    body: { kind: 'json', maximum: 1_048_576, schema: objectOf({ duties: listOf(duty, 10_000) }) },
    answer: { kind: 'json', status: 200, schema: objectOf({ duties: listOf(duty, 10_000) }) },
    refusals: ['officer-unknown'],
  },
  listing('listTokens', '/v1/tokens', 'Tokens, without their secrets', objectOf({ tokens: listOf(token, 100_000) })),
  {
    name: 'issueToken',
    method: 'POST',
    path: '/v1/tokens',
    summary: 'A new token, shown once. It names an officer or stands for its scopes alone, and expires within a year',
    access: administration,
    body: { kind: 'json', maximum: 4096, schema: objectOf(newToken, ofToken) },
    answer: { kind: 'json', status: 201, schema: objectOf({ token: uuid, secret: textOf(100) }) },
    refusals: ['officer-unknown', 'relation-unknown'],
  },
  removing('revokeToken', '/v1/tokens/{token}', 'Revokes a token at once', ['token-expired']),
  listing(
    'listWebhooks',
    '/v1/webhooks',
    'Who is told, and what still waits to be taken',
    objectOf({ webhooks: listOf(webhook, 1000) }),
  ),
  {
    name: 'createWebhook',
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Tells an address of events, without content, signed as Standard Webhooks; the secret is shown once',
    access: administration,
    body: { kind: 'json', maximum: 8192, schema: objectOf(newWebhook, ofWebhook) },
    answer: { kind: 'json', status: 201, schema: objectOf({ webhook: count, secret: textOf(100) }) },
    refusals: ['relation-unknown'],
  },
  {
    name: 'updateWebhook',
    method: 'PUT',
    path: '/v1/webhooks/{webhook}',
    summary: 'Changes address and events; what waits goes to the new address',
    access: administration,
    body: { kind: 'json', maximum: 8192, schema: objectOf(newWebhook, ofWebhook) },
    answer: { kind: 'json', status: 200, schema: webhook },
    refusals: ['relation-unknown', 'usage'],
  },
  removing('deleteWebhook', '/v1/webhooks/{webhook}', 'Stops telling; what still waited is counted in the house log', [
    'usage',
  ]),
];
