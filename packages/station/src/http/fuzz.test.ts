import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parametersOf, refusalStatus, routes } from '@entente/contract';
import fc from 'fast-check';
import { startStation, type Station } from './http.fixtures.ts';

let station: Station;
let token: string;
before(async () => {
  station = await startStation();
  token = await station.token();
});
after(() => station.stop());

const likely: Readonly<Record<string, string>> = {
  relation: 'fr-ma',
  dossier: 'd0'.repeat(16),
  act: 'ab'.repeat(32),
  attachment: 'cd'.repeat(32),
  upload: '00000000-0000-4000-8000-000000000001',
  draft: '00000000-0000-4000-8000-000000000001',
  token: '00000000-0000-4000-8000-000000000001',
  officer: '999',
  webhook: '999',
  unit: 'night',
};

const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000', '../..', "' or 1=1 --", '\ud800', '%', '__proto__'),
);
const value = fc.jsonValue({ depthSize: 'small', stringUnit: 'binary' });

for (const route of routes.filter(({ answer }) => answer.kind !== 'events')) {
  test(`${route.method} ${route.path}: whatever is sent is answered or refused, never a defect`, async () => {
    const names = parametersOf(route.path);
    const queryNames = [
      ...Object.keys(route.query?.required ?? {}),
      ...Object.keys(route.query?.optional ?? {}),
      'other',
    ];
    const calls = fc.record({
      parameters: fc.tuple(
        ...names.map((name) =>
          fc.oneof({ weight: 4, arbitrary: fc.constant(likely[name] ?? '1') }, { weight: 1, arbitrary: hostileText }),
        ),
      ),
      query: fc.dictionary(
        fc.constantFrom(...queryNames),
        fc.oneof(hostileText, fc.constantFrom('p', '1', 'yes', 'H3')),
        { maxKeys: 3 },
      ),
      body: fc.oneof(
        value.map((json) => JSON.stringify(json)),
        bodiesLike(route),
        fc.string({ unit: 'binary' }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(calls, async ({ parameters, query, body }) => {
        const path = names.reduce(
          (path, name, at) =>
            path.replace(`{${name}}`, encodeURIComponent(String(parameters[at]).toWellFormed()) || '%20'),
          route.path,
        );
        const search = new URLSearchParams(query);
        const response = await station.call(route.method, `${path}?${search.toString()}`, {
          token,
          ...(route.method === 'GET'
            ? {}
            : { body: body.toWellFormed(), headers: { 'content-type': 'application/json' } }),
        });
        const text = await response.text();
        assert.notEqual(response.status, 500, `${text}\n${station.lines.at(-1)}`);
        if (response.status < 400) return;
        const { code, message } = JSON.parse(text) as { code: keyof typeof refusalStatus; message: string };
        assert.equal(refusalStatus[code], response.status);
        assert.ok(message.length > 0);
      }),
      { numRuns: 40 },
    );
  });
}

/** Bodies with the right members and any values, so that more than the first check is reached. */
function bodiesLike({ body }: (typeof routes)[number]): fc.Arbitrary<string> {
  if (body?.kind !== 'json') return fc.constant('{}');
  const members = Object.keys((body.schema['properties'] ?? {}) as object);
  const likelyValue = fc.oneof(
    value,
    fc.constantFrom<unknown>(
      'x',
      1,
      [],
      ['relations.read'],
      ['alarm-raised'],
      '2026-11-24T00:00:00.000Z',
      'https://example.org/',
      'fr-ma',
      {},
    ),
  );
  return fc
    .tuple(...members.map(() => fc.option(likelyValue, { freq: 5 })))
    .map((values) =>
      JSON.stringify(
        Object.fromEntries(members.flatMap((name, at) => (values[at] === null ? [] : [[name, values[at]]]))),
      ),
    );
}
