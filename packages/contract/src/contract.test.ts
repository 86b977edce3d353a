import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalCodes } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import {
  actSchemaName,
  openApi,
  parametersOf,
  pathParameters,
  refusalStatus,
  routes,
  scopes,
  scopesOfRole,
} from './index.ts';

type Json = Record<string, unknown>;

test('every refusal has one HTTP status, and no status stands for what is not refused', () => {
  assert.deepEqual(Object.keys(refusalStatus).sort(), [...refusalCodes].sort());
  for (const [code, status] of Object.entries(refusalStatus)) {
    assert.ok(status >= 400 && status < 600 && status !== 500, `${code}: ${status}`);
  }
});

test('health alone may be asked without a token', () => {
  assert.deepEqual(
    routes.filter(({ access }) => access === 'anonymous').map(({ method, path }) => `${method} ${path}`),
    ['GET /health'],
  );
});

test('no two routes share a name or a place, and every path parameter says what it may be', () => {
  assert.equal(new Set(routes.map(({ name }) => name)).size, routes.length);
  assert.equal(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size, routes.length);
  for (const { path } of routes)
    for (const name of parametersOf(path)) assert.ok(pathParameters[name], `${path}: ${name}`);
});

test('what is kept under a relation names it in its path, so that nothing of one shows in another', () => {
  const outside = routes.filter(
    ({ path, access }) => access === 'content.read' && !path.startsWith('/v1/relations/{relation}/'),
  );
  assert.deepEqual(outside, []);
});

test('reading content asks for a purpose', () => {
  for (const route of routes.filter(({ access }) => access === 'content.read')) {
    assert.ok(route.query?.required?.['purpose'], route.name);
  }
});

test('an auditor sees no content and an administrator no dossier', () => {
  assert.ok(!scopesOfRole.auditor.includes('content.read'));
  assert.ok(!scopesOfRole.administrator.includes('relations.read'));
  assert.deepEqual(new Set(Object.values(scopesOfRole).flat()), new Set(scopes));
});

test('every object a request may bring is closed, but for what an act type declares', () => {
  const open: string[] = [];
  const visit = (schema: unknown, place: string): void => {
    if (Array.isArray(schema)) return schema.forEach((member, at) => visit(member, `${place}[${at}]`));
    if (typeof schema !== 'object' || schema === null) return;
    const object = schema as Json;
    if (object['type'] === 'object' && object['additionalProperties'] !== false) open.push(place);
    for (const [name, member] of Object.entries(object)) visit(member, `${place}.${name}`);
  };
  for (const { name, body } of routes) if (body?.kind === 'json') visit(body.schema, name);
  assert.ok(open.length > 0);
  assert.deepEqual(
    open.filter((place) => !/\.properties\.(?:inputs|fields)$/.test(place)),
    [],
  );
});

test('the description is OpenAPI 3.1 with each route once, each refusal, and the shape of each act of each track', () => {
  const description = openApi() as { openapi: string; paths: Record<string, Json>; components: { schemas: Json } };
  assert.equal(description.openapi, '3.1.0');
  const operations = Object.entries(description.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  assert.equal(operations.length, routes.length);
  for (const track of tracks) {
    for (const type of track.acts)
      assert.ok(description.components.schemas[actSchemaName(track.name, type.name)], type.name);
  }
  // It is JSON and nothing else: what a program reads is what we hold.
  assert.deepEqual(JSON.parse(JSON.stringify(description)), description);
  const references = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  for (const name of references) assert.ok(description.components.schemas[name], name);
});
