import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Sha256Hex } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { transact } from '../store/database.ts';
import { headIn } from '../store/relation-queries.ts';
import { keepTransferGround, writeTransferRecord } from '../store/transfer-record.ts';
import { compileAnswers } from './answers.fixtures.ts';
import { now, startStation, type Station, tell } from './http.fixtures.ts';

let station: Station;
let token: string;
before(async () => {
  station = await startStation();
  token = await station.token();
});
after(() => station.stop());

type Json = Record<string, unknown>;
const answers = compileAnswers();

async function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
  const response = await station.call('GET', `/v1/relations/fr-ma${path}`, { token, headers });
  return { status: response.status, body: (await response.json()) as Json };
}

async function reads(): Promise<readonly Json[]> {
  const { rows } = await station.database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind in ('read', 'export') order by index`,
  );
  return rows.map(({ text }) => (JSON.parse(text) as { what: Json }).what);
}

test('a body is read for a purpose, and who, when, why and what stand in the house log', async () => {
  const act = await tell(station, station.relation, { from: 'theirs' });
  const before = (await reads()).length;
  const { status, body } = await get(`/acts/${act}/content?purpose=locate%20a%20wanted%20man`);
  assert.equal(status, 200);
  answers('readContent', body);
  assert.equal(((body['body'] as Json)['fields'] as Json)['facts'], 'Karim B. was seen in Lyon');
  const logged = await reads();
  assert.equal(logged.length, before + 1);
  const last = logged.at(-1);
  assert.deepEqual(
    [last?.['act'], last?.['purpose'], last?.['use'], last?.['relation']],
    [act, 'locate a wanted man', 'read', 'fr-ma'],
  );
  assert.match(JSON.stringify(last?.['by']), /"token":"[0-9a-f-]{36}"/);
});

test('without a purpose nothing opens, and an empty one is none', async () => {
  const act = await tell(station, station.relation, { from: 'theirs' });
  assert.equal((await get(`/acts/${act}/content`)).body['code'], 'field-missing');
  assert.equal((await get(`/acts/${act}/content?purpose=%20`)).body['code'], 'purpose-missing');
});

test('what H3 restricts opens once the reader has acknowledged it, and the log says so', async () => {
  const act = await tell(station, station.relation, { from: 'theirs', codes: ['H0', 'H3'] });
  const refused = await get(`/acts/${act}/content?purpose=p`);
  assert.deepEqual(
    [refused.status, refused.body['where'], refused.body['what']],
    [403, 'restriction-unread', 'acknowledge-the-restriction'],
  );
  assert.equal((await get(`/acts/${act}/content?purpose=p&acknowledge=H3`)).status, 200);
  assert.deepEqual((await reads()).at(-1)?.['acknowledged'], ['H3']);
});

test('H1 keeps an item out of a judicial file and H2 from another authority, and the API says what to do', async () => {
  const act = await tell(station, station.relation, { from: 'theirs', codes: ['H0', 'H1', 'H2'] });
  const { body } = await get(`/acts/${act}/uses?purpose=p`);
  answers('listUses', body);
  const uses = Object.fromEntries<unknown>(
    (body['uses'] as Json[]).map((use) => [String(use['use']), use['whatToDo'] ?? use['may']] as const),
  );
  assert.deepEqual(uses, {
    read: true,
    'operational-file': true,
    'judicial-file': 'ask-permission-H1',
    'other-authority': 'ask-permission-H2',
  });
  const ask = (destination: string) =>
    station.call('POST', `/v1/relations/fr-ma/acts/${act}/export`, {
      token,
      body: { purpose: 'p', justification: 'j', destination, to: 'court' },
    });
  assert.equal((await ask('judicial-file')).status, 403);
  assert.equal((await ask('operational-file')).status, 200);
  const last = (await reads()).at(-1);
  assert.deepEqual([last?.['use'], last?.['to'], last?.['justification']], ['operational-file', 'court', 'j']);
});

test('an erased body is gone for every reader, and no read is logged', async () => {
  const act = await tell(station, station.relation, { from: 'theirs', dossier: 'a1'.repeat(16) });
  await station.database.query('update entry set body = null where act = $1', [Buffer.from(act, 'hex')]);
  const before = (await reads()).length;
  assert.equal((await get(`/acts/${act}/content?purpose=p`)).status, 410);
  assert.equal((await reads()).length, before);
});

test('an act of one relation is unknown in another', async () => {
  const act = await tell(station, station.other, { from: 'theirs' });
  assert.equal((await get(`/acts/${act}/content?purpose=p`)).status, 404);
});

test('where the read cannot be written down, nothing is read', async () => {
  const act = await tell(station, station.relation, { from: 'theirs' });
  await station.database.query('alter table house_entry add constraint blocked check (index < 0) not valid');
  const response = await station.call('GET', `/v1/relations/fr-ma/acts/${act}/content?purpose=p`, { token });
  const text = await response.text();
  await station.database.query('alter table house_entry drop constraint blocked');
  assert.equal(response.status, 500);
  assert.ok(!text.includes('Karim'));
});

test('a file comes as bytes to be saved, in ranges, and each reading is logged', async () => {
  const bytes = new TextEncoder().encode('<script>alert(1)</script>');
  const sha256 = hash('sha256', bytes) as Sha256Hex;
  station.files.set(sha256, bytes);
  const attachment = {
    name: '../é"\r\n.html',
    mediaType: 'text/html',
    size: bytes.length,
    sha256,
    sealedSize: 1,
    sealedSha256: sha256,
  };
  const named = { ...attachment, name: 'é".html' };
  const act = await tell(station, station.relation, { from: 'theirs', attachments: [named] });
  const path = `/v1/relations/fr-ma/acts/${act}/attachments/${sha256}?purpose=p`;
  const whole = await station.call('GET', path, { token });
  assert.equal(whole.headers.get('content-type'), 'application/octet-stream');
  assert.equal(whole.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(whole.headers.get('content-disposition'), `attachment; filename*=UTF-8''%C3%A9%22.html`);
  assert.equal(await whole.text(), '<script>alert(1)</script>');
  const part = await station.call('GET', path, { token, headers: { range: 'bytes=1-6' } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), `bytes 1-6/${bytes.length}`);
  assert.equal(await part.text(), 'script');
  assert.equal((await station.call('GET', path, { token, headers: { range: 'bytes=99-' } })).status, 416);
  assert.equal((await reads()).filter((read) => read['attachment'] === sha256).length, 3);
  const other = await station.call('GET', path.replace(sha256, '0'.repeat(64)), { token });
  assert.equal(other.status, 404);
});

test('evidence carries the body only for a logged purpose', async () => {
  const act = await tell(station, station.relation, { from: 'theirs' });
  const before = (await reads()).length;
  const bare = await station.call('GET', `/v1/relations/fr-ma/acts/${act}/evidence`, { token });
  assert.equal((await bare.bytes()).length, 1);
  assert.equal((await reads()).length, before);
  assert.equal((await get(`/acts/${act}/evidence?body=yes`)).body['code'], 'purpose-missing');
  const full = await station.call('GET', `/v1/relations/fr-ma/acts/${act}/evidence?body=yes&purpose=trial`, { token });
  assert.ok((await full.text()).includes('Karim'));
  assert.equal((await reads()).at(-1)?.['to'], 'evidence');
});

test('an upload flows in and is held to its media type', async () => {
  const path = '/v1/relations/fr-ma/uploads/00000000-0000-4000-8000-000000000000?offset=5';
  const sent = await station.call('PUT', path, {
    token,
    body: new Uint8Array(300_000),
    headers: { 'content-type': 'application/octet-stream' },
  });
  assert.equal(((await sent.json()) as Json)['have'], 300_005);
  assert.equal((await station.call('PUT', path, { token, body: '{}' })).status, 400);
});

test('an inspector sees who read what, and is seen to have looked', async () => {
  const act = await tell(station, station.relation, { from: 'theirs', dossier: 'b2'.repeat(16) });
  await get(`/acts/${act}/content?purpose=first`);
  const first = await get(`/reads?purpose=yearly%20inspection&dossier=${'b2'.repeat(16)}`);
  answers('listReads', first.body);
  assert.deepEqual(
    (first.body['reads'] as { what: Json }[]).map(({ what }) => what['purpose']),
    ['first'],
  );
  const second = await get(`/reads?purpose=again&dossier=${'b2'.repeat(16)}`);
  assert.deepEqual(
    (second.body['reads'] as { what: Json }[]).map(({ what }) => what['purpose']),
    ['yearly inspection', 'first'],
  );
  const officer = await station.token(['relations.read', 'content.read']);
  assert.equal((await station.call('GET', '/v1/relations/fr-ma/reads?purpose=p', { token: officer })).status, 403);
});

test('each release of data leaves its record of transfer, with the officer’s own ground where one was given', async () => {
  const acts = [
    await tell(station, station.relation, { from: 'own' }),
    await tell(station, station.relation, { from: 'own' }),
  ] as const;
  const { rows } = await station.database.query<{ envelope: Uint8Array }>(
    `select envelope from entry where act = any($1::bytea[]) order by index`,
    [acts.map((act) => Buffer.from(act, 'hex'))],
  );
  await transact(station.database, async (transaction) => {
    await keepTransferGround(transaction, station.relation.relation, acts[0], {
      receivingAuthority: 'DGSN, Rabat',
      justification: 'imminent threat',
    });
    const released = rows.flatMap(({ envelope }, at) => {
      const head = headIn(envelope);
      const act = acts[at];
      return head === undefined || act === undefined ? [] : [{ act, head }];
    });
    await writeTransferRecord(transaction, nodeCrypto, station.relation, now, released);
  });
  const { status, body } = await get('/transfers');
  assert.equal(status, 200);
  const transfers = body['transfers'] as Json[];
  assert.deepEqual(
    transfers.map(({ act, receivingAuthority, legalBasis, justification }) => [
      act,
      receivingAuthority,
      legalBasis,
      justification,
    ]),
    [
      [acts[1], 'ma', 'SAFE-37b', 'gates: '],
      [acts[0], 'DGSN, Rabat', 'SAFE-37b', 'imminent threat'],
    ],
  );
  answers('listTransfers', body);
});
