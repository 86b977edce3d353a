import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PartyId, RelationId } from '@entente/protocol';
import { systemClock } from '../adapters/clock.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../adapters/embedded-postgres.ts';
import { openLog } from '../adapters/log.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { postWebhook } from '../adapters/post-webhook.ts';
import { checkWebhookUrl, mayTell } from '../adapters/webhook-address.ts';
import { type Database, openDatabase, transact } from '../store/database.ts';
import { tellEvent } from '../store/events.ts';
import { migrate } from '../store/migrate.ts';
import { insertRelation } from '../store/relations.ts';
import { deleteWebhook, insertWebhook, listWebhooks } from '../store/webhooks.ts';
import { startTimers, type Timers, webhookJobs } from './webhooks.ts';

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let postgres: EmbeddedPostgres;
let database: Database;
let timers: Timers;
let receiver: Server;
let url: string;
let relation: number;
const told: Told[] = [];
let answer = 200;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-webhooks-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o711);
  postgres = await startEmbeddedPostgres(folder);
  database = await openDatabase(postgres.url);
  await migrate(database);
  const record = { name: 'fr-ma' as RelationId, own: 'fr' as PartyId, counterpart: 'ma' as PartyId };
  relation = (
    await transact(database, (transaction) => insertRelation(transaction, record, { accords: [], keysets: [] }))
  ).relation;
  const parts = { database, crypto: nodeCrypto, clock: systemClock, log: openLog('error', { write: () => {} }) };
  timers = await startTimers(parts, webhookJobs(parts));
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      told.push({ headers: request.headers, body });
      response.writeHead(answer, answer === 302 ? { location: `${url}elsewhere` } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});

after(async () => {
  receiver.close();
  await database.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('it did not come to be');
}

function make(events: readonly ('alarm-raised' | 'link-changed')[]): Promise<{ webhook: number; secret: Uint8Array }> {
  const webhook = { name: 'telephone', url, events, relation: undefined, allowLocal: true };
  return transact(database, (transaction) =>
    insertWebhook(transaction, nodeCrypto, systemClock.now(), webhook, undefined),
  );
}

test(
  'a telephone rings within a second, signed, without content, and only for what it asked',
  { timeout: 20_000 },
  async () => {
    const { secret } = await make(['alarm-raised']);
    await tellEvent(database, relation, 'link-changed', { state: 'down' });
    const began = performance.now();
    await tellEvent(database, relation, 'alarm-raised', { number: 1, kind: 'clock-off' });
    await until(() => told.length === 1);
    assert.ok(performance.now() - began < 3000);
    const [{ headers, body }] = told as [Told];
    const signed = createHmac('sha256', secret)
      .update(`${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`)
      .digest('base64');
    assert.equal(headers['webhook-signature'], `v1,${signed}`);
    const content = JSON.parse(body) as Record<string, unknown>;
    assert.deepEqual(Object.keys(content).toSorted(), ['kind', 'number', 'relation', 'time', 'what']);
    assert.equal(content['relation'], 'fr-ma');
    await until(async () => (await listWebhooks(database))[0]?.waiting === 0);
  },
);

test(
  'who does not take it is told again under the same id until it does, and what waits is seen',
  { timeout: 30_000 },
  async () => {
    told.length = 0;
    answer = 503;
    await tellEvent(database, relation, 'alarm-raised', { number: 2, kind: 'clock-off' });
    await until(async () => (await listWebhooks(database))[0]?.lastFailure === 'status 503');
    assert.equal((await listWebhooks(database))[0]?.waiting, 1);
    answer = 200;
    await until(async () => (await listWebhooks(database))[0]?.waiting === 0);
    assert.ok(told.length >= 2);
    assert.equal(new Set(told.map(({ headers }) => headers['webhook-id'])).size, 1);
  },
);

test('a redirect is not followed and is not a yes', { timeout: 20_000 }, async () => {
  told.length = 0;
  answer = 302;
  const telling = { url, secret: new Uint8Array(32), allowLocal: true, message: 'm', content: {}, timestamp: 1 };
  assert.deepEqual(await postWebhook(telling, new AbortController().signal), { kind: 'not-taken', why: 'status 302' });
  assert.equal(told.length, 1);
  answer = 200;
});

test('a webhook that is deleted leaves in the house log how much was never taken', { timeout: 20_000 }, async () => {
  answer = 500;
  await tellEvent(database, relation, 'alarm-raised', { number: 3, kind: 'clock-off' });
  const [webhook] = await listWebhooks(database);
  assert.ok(webhook);
  await transact(database, (transaction) =>
    deleteWebhook(transaction, nodeCrypto, systemClock.now(), webhook.webhook, undefined),
  );
  const { rows } = await database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'webhook' order by index desc limit 1`,
  );
  assert.match(rows[0]?.text ?? '', /"done":"deleted".*"untaken":1/);
});

test('a station stops at once while somebody still is not taking what it tells', { timeout: 20_000 }, async () => {
  answer = 500;
  const { webhook } = await make(['alarm-raised']);
  await tellEvent(database, relation, 'alarm-raised', { number: 4, kind: 'clock-off' });
  await until(async () => (await listWebhooks(database)).some(({ lastFailure }) => lastFailure === 'status 500'));
  const began = performance.now();
  await timers.stop();
  assert.ok(performance.now() - began < 2000);
  assert.equal(
    (await listWebhooks(database)).find((one) => one.webhook === webhook)?.waiting,
    1,
    'it stays to be told',
  );
});

test('no address of this machine, its network or a cloud’s metadata is told unless an administrator allowed it', async () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
  ]) {
    assert.ok(!mayTell(address, false), address);
  }
  for (const address of [
    '169.254.169.254',
    'fe80::1',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '::ffff:169.254.169.254',
    'fd00:ec2::254',
    '100.100.100.200',
    'localhost',
  ]) {
    assert.ok(!mayTell(address, true), address);
  }
  for (const address of ['192.0.2.7', '2001:db8::1']) assert.ok(mayTell(address, false), address);
  for (const bad of [
    'http://example.org/',
    'https://169.254.169.254/',
    'https://[::1]/',
    'https://0x7f000001/',
    'https://user:word@example.org/',
    'file:///etc/passwd',
    'x',
  ]) {
    assert.throws(() => checkWebhookUrl(bad, false), /field-malformed/, bad);
  }
  const telling = {
    url: 'https://localhost:1/',
    secret: new Uint8Array(32),
    allowLocal: false,
    message: 'm',
    content: {},
    timestamp: 1,
  };
  assert.deepEqual(
    await postWebhook(telling, new AbortController().signal),
    { kind: 'not-taken', why: 'ADDRESS_REFUSED' },
    'a name is judged where it leads',
  );
});
