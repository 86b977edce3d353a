import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ActId } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { takeTheirSubjects } from '../screening/take-subjects.ts';
import { importWatchList } from '../screening/watch-list/import-watch-list.ts';
import { transact } from '../store/database.ts';
import { insertMatch } from '../store/matches.ts';
import type { RelationRecord } from '../store/relations.ts';
import { compileAnswers } from './answers.fixtures.ts';
import { emptyDraft, now, startStation, type Station, tell } from './http.fixtures.ts';

type Json = Record<string, unknown>;

let station: Station;
let token: string;
let officer: string;
const answers = compileAnswers();

before(async () => {
  station = await startStation();
  token = await station.token();
  await station.database.query(
    `insert into officer (name, function, roles, unit) values ('Salma', 'duty-officer', '{officer}', 'leads')`,
  );
  officer = await station.token(undefined, { officer: 1 });
});
after(() => station.stop());

const names = [{ given: 'Driss', family: 'Oumazzine', script: 'Latn', nameKind: 'civil' }];

/** An act about a person, and the number of that subject. */
async function about(
  relation: RelationRecord,
  dossier: string,
): Promise<{ act: ActId; subject: number; hash: Buffer }> {
  const fields = { subjects: [{ kind: 'person', names }] };
  const act = await tell(station, relation, { from: 'theirs', dossier, fields });
  return transact(station.database, async (transaction) => {
    const { rows } = await transaction.query<{ envelope: Buffer; body: Buffer }>(
      'select envelope, body from entry where act = $1',
      [Buffer.from(act, 'hex')],
    );
    const entries = rows.map((row) => ({ ...row, act: Buffer.from(act, 'hex'), verdict: undefined }));
    await takeTheirSubjects(transaction, nodeCrypto, relation.relation, entries);
    const { rows: kept } = await transaction.query<{ subject: number; hash: Buffer }>(
      'select subject, hash from subject where act = $1',
      [Buffer.from(act, 'hex')],
    );
    const [subject] = kept;
    assert.ok(subject !== undefined);
    return { act, ...subject };
  });
}

async function matched(other: RelationRecord, ...dossiers: readonly [string, string]): Promise<number> {
  const left = await about(station.relation, dossiers[0]);
  const right = await about(other, dossiers[1]);
  const terms = [
    { about: 'birth', finding: 'same-day', left: '1984-03-12', right: '12.03.1984', evidence: 4.2 },
  ] as const;
  const match = await transact(station.database, (transaction) =>
    insertMatch(transaction, now, {
      use: 'dossier',
      relation: station.relation.relation,
      left,
      right,
      otherRelation: other.relation,
      probability: 0.87,
      terms,
    }),
  );
  assert.ok(match !== undefined);
  return match;
}

async function get(path: string, with_ = token): Promise<{ status: number; body: Json }> {
  const response = await station.call('GET', `/v1/relations/fr-ma${path}`, {
    token: with_,
    headers: { 'accept-language': 'fr' },
  });
  return { status: response.status, body: (await response.json()) as Json };
}

test('a match is listed and its dossier says so, without whom it is about', async () => {
  const match = await matched(station.relation, 'a0'.repeat(16), 'a1'.repeat(16));
  const { body } = await get(`/matches?dossier=${'a0'.repeat(16)}`);
  answers('listMatches', body);
  assert.deepEqual(
    (body['matches'] as Json[]).map((one) => one['match']),
    [match],
  );
  assert.doesNotMatch(JSON.stringify(body), /Oumazzine/);
  const inbox = await get('/inbox');
  answers('readInbox', inbox.body);
  const counted = (inbox.body['dossiers'] as Json[]).map(
    ({ dossier, matches }) => `${String(dossier).slice(0, 2)}: ${String(matches)}`,
  );
  assert.deepEqual(counted.toSorted(), ['a0: 1', 'a1: 1']);
});

test('both sides of a match are read for a purpose, explained in the language of the reader, and logged', async () => {
  const [one] = (await get('/matches')).body['matches'] as Json[];
  assert.equal((await get(`/matches/${String(one?.['match'])}`)).body['code'], 'field-missing');
  const { status, body } = await get(`/matches/${String(one?.['match'])}?purpose=lead%2012`);
  assert.equal(status, 200);
  answers('readMatch', body);
  assert.equal((body['terms'] as Json[])[0]?.['says'], 'nés le même jour');
  assert.equal((body['leftSubject'] as Json)['label'], 'Driss Oumazzine');
  const auditor = await station.token(['relations.read']);
  assert.equal((await get(`/matches/${String(one?.['match'])}?purpose=p`, auditor)).status, 403);
  const reads = await get(`/reads?purpose=audit&dossier=${'a1'.repeat(16)}`);
  assert.match(JSON.stringify(reads.body), /lead 12/);
});

test('an officer decides a match once, with a reason; nobody else does', async () => {
  const [one] = (await get('/matches')).body['matches'] as Json[];
  const decide = (with_: string, state: string) =>
    station.call('POST', `/v1/relations/fr-ma/matches/${String(one?.['match'])}/decision`, {
      token: with_,
      body: { state, reason: 'the passport was seen' },
    });
  assert.equal((await decide(token, 'confirmed')).status, 403, 'a token that names no officer');
  assert.equal((await decide(officer, 'confirmed')).status, 204);
  assert.equal((await decide(officer, 'rejected')).status, 409);
  const { rows } = await station.database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'match'`,
  );
  assert.equal(rows.length, 1);
  assert.match(rows[0]?.text ?? '', /"confirmed".*the passport was seen|the passport was seen.*"confirmed"/);
  assert.match(rows[0]?.text ?? '', /"officer":1/);
});

test('a match that speaks of another relation is as unknown to whoever may know one of them as one that is none', async () => {
  const match = await matched(station.other, 'b0'.repeat(16), 'b1'.repeat(16));
  const only = await station.token(undefined, { relation: station.relation.relation });
  const seen = async (with_: string) =>
    ((await get('/matches', with_)).body['matches'] as Json[]).map((one) => one['match']);
  assert.ok((await seen(token)).includes(match));
  assert.ok(!(await seen(only)).includes(match));
  assert.equal((await get(`/matches/${match}?purpose=p`, only)).body['code'], 'match-unknown');
  const { body } = await get(`/dossiers/${'b0'.repeat(16)}`, only);
  assert.equal((body['summary'] as Json)['matches'], undefined);
});

test('a draft is compared as soon as it is kept, and what it named goes with it', async () => {
  const content = {
    ...emptyDraft,
    inputs: { purpose: 'prevention' },
    fields: { subjects: [{ kind: 'person', names }] },
  };
  const response = await station.call('POST', '/v1/relations/fr-ma/drafts', { token, body: { content } });
  const { draft } = (await response.json()) as { draft: string };
  const due = async (): Promise<readonly { purpose: string }[]> =>
    (
      await station.database.query<{ purpose: string }>(
        'select purpose from screening_due join subject using (subject) where draft = $1',
        [draft],
      )
    ).rows;
  assert.deepEqual(await due(), [{ purpose: 'leads/prevention' }]);
  await station.call('DELETE', `/v1/relations/fr-ma/drafts/${draft}`, { token });
  assert.deepEqual(await due(), []);
});

test('an administrator sees the watch lists and what could not be read, and removes one; nobody’s name is shown', async () => {
  const bytes = (async function* () {
    yield Buffer.from('id,name,dob\n1,Karim Berrazouk,1984\n2,,\n1,Again,1990\n');
  })();
  const parts = { database: station.database, crypto: nodeCrypto, clock: { now: () => now } };
  const file = { name: 'wanted', purposes: ['leads/investigation'], format: 'csv', bytes } as const;
  const imported = await importWatchList(parts, file, undefined);
  assert.deepEqual([imported.rows, imported.read, imported.refused], [3, 1, 2]);
  const read = async (path: string): Promise<Json> =>
    (await (await station.call('GET', path, { token, headers: { 'accept-language': 'en' } })).json()) as Json;
  const lists = await read('/v1/watchlists');
  answers('listWatchLists', lists);
  const remarks = await read('/v1/watchlists/wanted/remarks');
  answers('listRemarks', remarks);
  assert.deepEqual(
    (remarks['remarks'] as Json[]).map(({ line, reason }) => [line, reason]),
    [
      [3, 'nothing-to-compare'],
      [4, 'repeated'],
    ],
  );
  assert.doesNotMatch(JSON.stringify([lists, remarks]), /Karim|Again/);
  assert.equal((await station.call('DELETE', '/v1/watchlists/wanted', { token })).status, 204);
  assert.equal((await station.call('DELETE', '/v1/watchlists/wanted', { token })).status, 404);
  const { rowCount } = await station.database.query('select from subject where list is not null');
  assert.equal(rowCount, 0);
});
