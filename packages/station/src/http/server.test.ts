import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compileAnswers } from './answers.fixtures.ts';
import { emptyDraft, startStation, type Station, tell } from './http.fixtures.ts';

let station: Station;
let token: string;
before(async () => {
  station = await startStation();
  token = await station.token();
});
after(() => station.stop());

type Json = Record<string, unknown>;
const answers = compileAnswers();

async function get(
  path: string,
  options: { readonly token?: string; readonly headers?: Record<string, string> } = {},
): Promise<{ status: number; body: Json }> {
  const response = await station.call('GET', path, { token, ...options });
  return { status: response.status, body: (await response.json()) as Json };
}

test('health answers a stranger and says nothing of relations', async () => {
  const response = await station.call('GET', '/health');
  assert.equal(response.status, 200);
  const text = await response.text();
  assert.ok(!text.includes('fr-ma'), text);
  assert.equal((JSON.parse(text) as Json)['status'], 'well');
});

test('every other route refuses a stranger, and one with a made-up token, in the same words', async () => {
  for (const path of ['/metrics', '/openapi.json', '/v1/relations', '/v1/events', '/v1/tokens']) {
    const stranger = await station.call('GET', path);
    assert.equal(stranger.status, 401, path);
    assert.equal(stranger.headers.get('www-authenticate'), 'Bearer');
    await stranger.body?.cancel();
  }
  const message = await (await station.call('GET', '/v1/relations')).text();
  assert.equal(
    await (await station.call('GET', '/v1/relations', { token: `entente_${'A'.repeat(43)}` })).text(),
    message,
  );
});

test('a token does what its scopes say and no more', async () => {
  const metrics = await station.token(['metrics.read']);
  assert.equal((await station.call('GET', '/metrics', { token: metrics })).status, 200);
  const refused = await get('/v1/relations', { token: metrics });
  assert.equal(refused.status, 403);
  assert.equal(refused.body['code'], 'not-authorised');
});

test('a token for one relation does not learn that another exists', async () => {
  const narrow = await station.token(['relations.read'], { relation: station.relation.relation });
  const { body } = await get('/v1/relations', { token: narrow });
  assert.deepEqual(
    (body['relations'] as Json[]).map(({ relation }) => relation),
    ['fr-ma'],
  );
  const other = await get('/v1/relations/fr-es', { token: narrow });
  const missing = await get('/v1/relations/fr-xx', { token: narrow });
  assert.equal(other.status, 404);
  assert.deepEqual({ ...other.body, where: '', message: '' }, { ...missing.body, where: '', message: '' });
});

test('a refusal is worded in the language the caller asks for', async () => {
  const wordings = await Promise.all(
    ['fr', 'ar-MA,fr;q=0.5', 'en', 'zh'].map(
      async (language) =>
        (await get('/v1/relations/fr-xx', { headers: { 'accept-language': language } })).body['message'],
    ),
  );
  assert.equal(new Set(wordings).size, 3);
  assert.equal(wordings[2], wordings[3]);
});

test('a relation is read without content: link, channels, lanes, heads, entries, outbox, alarms, inbox, dossier', async () => {
  const mine = await tell(station, station.relation, { from: 'own' });
  await tell(station, station.relation, { from: 'theirs', seen: 1 });
  for (const [name, path] of [
    ['listRelations', ''],
    ['readRelation', '/fr-ma'],
    ['listChannels', '/fr-ma/channels'],
    ['listHeads', '/fr-ma/heads'],
    ['listEntries', '/fr-ma/entries?owner=fr'],
    ['listOutbox', '/fr-ma/outbox'],
    ['listAlarms', '/fr-ma/alarms'],
    ['readInbox', '/fr-ma/inbox?track=leads&state=informed'],
    ['readDossier', `/fr-ma/dossiers/${'d0'.repeat(16)}`],
    ['readStatistics', '/fr-ma/statistics'],
  ] as const) {
    const { status, body } = await get(`/v1/relations${path}`);
    assert.equal(status, 200, `${name} ${JSON.stringify(body)}`);
    answers(name, body);
    assert.ok(!JSON.stringify(body).includes('Karim'), name);
  }
  const { body } = await get(`/v1/relations/fr-ma/dossiers/${'d0'.repeat(16)}`);
  const acts = body['acts'] as { act: string; receipt?: { index: number } }[];
  assert.equal(
    acts.find(({ act }) => act === mine)?.receipt?.index,
    0,
    'the counterpart’s first entry that saw it is the receipt',
  );
});

test('the inbox comes in pages that neither repeat nor leave out a dossier', async () => {
  const made: string[] = [];
  for (let i = 0; i < 7; i++) {
    const dossier = `e${i}`.repeat(16);
    made.push(dossier);
    await tell(station, station.other, { from: 'theirs', dossier });
  }
  const seen: string[] = [];
  let path = '/v1/relations/fr-es/inbox?limit=3';
  for (;;) {
    const { body } = await get(path);
    seen.push(...(body['dossiers'] as { dossier: string }[]).map(({ dossier }) => dossier));
    if (body['next'] === undefined) break;
    path = `/v1/relations/fr-es/inbox?limit=3&cursor=${body['next'] as string}`;
  }
  assert.deepEqual(seen.toSorted(), made.toSorted());
});

test('nothing is converted, nothing unknown is let pass, every fault says where', async () => {
  for (const [path, where] of [
    ['/v1/relations/fr-ma/inbox?limit=1e2', 'query.limit'],
    ['/v1/relations/fr-ma/inbox?limit=5&limit=6', 'query.limit'],
    ['/v1/relations/fr-ma/inbox?colour=red', 'query.colour'],
    ['/v1/relations/FR', 'path.relation'],
  ] as const) {
    const { status, body } = await get(path);
    assert.equal(status, 400, path);
    assert.equal(body['where'], where);
  }
  const twice = await station.call('POST', '/v1/relations/fr-ma/drafts', {
    token,
    body: `{"content":${JSON.stringify(emptyDraft)},"content":1}`,
  });
  assert.equal(((await twice.json()) as Json)['code'], 'json-malformed');
  const hidden = await station.call('POST', '/v1/relations/fr-ma/drafts', {
    token,
    body: { content: { ...emptyDraft, fields: { facts: 'a\u202eb' } } },
  });
  assert.equal(((await hidden.json()) as Json)['code'], 'text-invisible-characters');
});

test('a body beyond its limit is refused before it is read', async () => {
  const response = await station.call('POST', '/v1/tokens', { token, body: { name: 'x'.repeat(5000) } });
  assert.equal(response.status, 413);
  assert.equal(((await response.json()) as Json)['code'], 'too-large');
});

test('a draft says all that is wrong with it, and two officers do not overwrite each other', async () => {
  const made = await station.call('POST', '/v1/relations/fr-ma/drafts', { token, body: { content: emptyDraft } });
  assert.equal(made.status, 201);
  const draft = (await made.json()) as { draft: string; changed: string; faults: Json[] };
  answers('createDraft', draft);
  assert.ok(draft.faults.length > 2);
  const path = `/v1/relations/fr-ma/drafts/${draft.draft}`;
  const first = await station.call('PUT', path, { token, body: { content: emptyDraft, changed: draft.changed } });
  assert.equal(first.status, 200);
  const second = await station.call('PUT', path, { token, body: { content: emptyDraft, changed: draft.changed } });
  assert.equal(second.status, 409);
  assert.equal((await get(path)).status, 400, 'nobody reads it without a purpose');
  const read = await get(`${path}?purpose=lead`);
  answers('readDraft', read.body);
  const { body: list } = await get('/v1/relations/fr-ma/drafts');
  answers('listDrafts', list);
  assert.equal(
    (await get(`${path.replace('fr-ma', 'fr-es')}?purpose=lead`)).status,
    404,
    'a draft shows in its own relation only',
  );
  assert.equal((await station.call('DELETE', path, { token })).status, 204);
  assert.equal((await get(`${path}?purpose=lead`)).status, 404);
});

test('officers, rosters, tokens and webhooks are kept, and each change stands in the house log', async () => {
  const entered = await station.call('POST', '/v1/officers', {
    token,
    body: { name: 'N. Officer', function: 'duty officer', roles: ['officer'], unit: 'night' },
  });
  assert.equal(entered.status, 201);
  const { officer } = (await entered.json()) as { officer: number };
  const again = await station.call('POST', '/v1/officers', {
    token,
    body: { name: 'N. Officer', function: 'x', roles: ['officer'], unit: 'night' },
  });
  assert.equal(again.status, 409);
  const duty = { officer, from: '2026-11-23T18:00:00.000Z', until: '2026-11-24T06:00:00.000Z' };
  const roster = await station.call('PUT', '/v1/units/night/roster', { token, body: { duties: [duty] } });
  assert.deepEqual(await roster.json(), { duties: [duty] });
  const issued = await station.call('POST', '/v1/tokens', {
    token,
    body: { name: 'desk', officer, scopes: ['relations.read', 'administration'], expires: '2026-12-01T00:00:00.000Z' },
  });
  assert.equal(issued.status, 201);
  const { secret } = (await issued.json()) as { secret: string };
  assert.equal((await get('/v1/relations', { token: secret })).status, 200);
  assert.equal(
    (await get('/v1/tokens', { token: secret })).status,
    403,
    'a token never does more than its officer’s roles',
  );
  assert.equal((await station.call('DELETE', `/v1/officers/${officer}`, { token })).status, 204);
  assert.equal((await get('/v1/relations', { token: secret })).status, 401, 'tokens end with their officer');
  const { rows } = await station.database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind in ('officer', 'roster', 'administration')`,
  );
  const log = rows.map(({ text }) => text).join('\n');
  for (const done of ['entered', 'revoked', 'token-issued', '"unit":"night"']) assert.ok(log.includes(done), done);
  assert.ok(!log.includes(secret));
  for (const name of ['listOfficers', 'listTokens', 'listWebhooks'] as const) {
    const { body } = await get(`/v1/${name.slice(4).toLowerCase()}`);
    answers(name, body);
  }
  assert.ok(!JSON.stringify(await get('/v1/tokens')).includes(secret));
});

test('the database keeps no token, only hashes', async () => {
  const { rows } = await station.database.query<{ row: string }>('select token::text as row from token');
  assert.ok(rows.every(({ row }) => !row.includes(token)));
});

test('figures are in the text format of Prometheus and name no person', async () => {
  await get('/v1/relations');
  const text = await (await station.call('GET', '/metrics', { token })).text();
  assert.match(text, /^entente_http_requests_total\{route="listRelations",status="200"\} \d+$/m);
  assert.match(text, /^entente_channel_size\{relation="fr-ma",owner="fr"\} \d+$/m);
  for (const line of text.trim().split('\n'))
    assert.match(line, /^(?:# (?:HELP|TYPE) \S+ .+|[a-z_]+(?:\{[^}]*\})? [\d.e+-]+)$/);
});

test('no log line holds a body, a purpose, a token or what a caller sent', async () => {
  const act = await tell(station, station.relation, { from: 'theirs', fields: { facts: 'Secret Witness' } });
  await get(`/v1/relations/fr-ma/acts/${act}/content?purpose=${encodeURIComponent('very private purpose')}`);
  await station.call('POST', '/v1/relations/fr-ma/drafts', {
    token,
    body: { content: { ...emptyDraft, fields: { facts: 'Draft Person' } } },
  });
  await get('/v1/relations/unheard-of?x=private-query');
  station.log.defect('a defect', new Error('Secret Witness'), { route: 'x' });
  (station.log.write as (level: string, message: string, fields: object) => void)('info', 'm', {
    body: 'Secret Witness',
    authorization: token,
  });
  const written = station.lines.join('');
  assert.ok(written.includes('"route":"readContent"'));
  for (const secret of ['Secret Witness', 'private', 'Draft Person', token, token.slice(8)])
    assert.ok(!written.includes(secret), secret);
});

test('a station whose database is away says so and does not break', async () => {
  const away = await startStation();
  try {
    const good = await away.token();
    await away.postgres.stop();
    const refused = await away.call('GET', '/v1/relations', { token: good });
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '5');
    assert.equal((await away.call('GET', '/health?probe=ready')).status, 503);
    assert.equal((await away.call('GET', '/health?probe=live')).status, 200);
    assert.equal(((await (await away.call('GET', '/health')).json()) as Json)['status'], 'unwell');
  } finally {
    await away.stop();
  }
});

test('whoever tries tokens is slowed down', async () => {
  const away = await startStation();
  try {
    const good = await away.token();
    let status = 0;
    for (let i = 0; i < 12; i++)
      status = (await away.call('GET', '/v1/relations', { token: `entente_${'B'.repeat(43)}` })).status;
    assert.equal(status, 429);
    const slowed = await away.call('GET', '/v1/relations', { token: good });
    assert.equal(slowed.status, 429, 'a right guess is not told apart while slowed down');
    assert.ok(Number(slowed.headers.get('retry-after')) > 0);
    assert.equal((await away.call('GET', '/health')).status, 200);
  } finally {
    await away.stop();
  }
});

test('a station whose connections to its database were cut makes them anew', async () => {
  const away = await startStation();
  try {
    const good = await away.token();
    await away.database
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'entente'`,
      )
      .catch(() => {});
    assert.equal((await away.call('GET', '/v1/relations', { token: good })).status, 200);
  } finally {
    await away.stop();
  }
});
