import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../adapters/embedded-postgres.ts';
import { copyRows } from './copy-rows.ts';
import { type Database, openDatabase, transact } from './database.ts';
import { readRows } from './read-rows.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let database: Database;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-rows-'));
  postgres = await startEmbeddedPostgres(folder);
  database = await openDatabase(postgres.url, 1);
  await database.query('create table thing (a int2, b int4, c int8, d bool, e bytea, f text)');
});
after(async () => {
  await database.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const written = { a: 'int2', b: 'int4', c: 'int8', d: 'bool', e: 'bytea', f: 'text' } as const;
const read = { a: 'int2', b: 'int4', c: 'int8', d: 'bool?', e: 'bytea?', f: 'text?' } as const;

test('rows come back as they were copied in: large and negative numbers, no bytes, any text, and nothing at all', async () => {
  const all = Uint8Array.from({ length: 256 }, (_, at) => at);
  const rows = [
    [-1, -70_000, -(2 ** 53) + 1, true, all, 'été \u0627\u0644'],
    [32_767, 2 ** 31 - 1, 2 ** 53 - 1, false, new Uint8Array(), ''],
    [0, 0, 0, null, null, null],
  ] as const;
  const back = await transact(database, async (transaction) => {
    await copyRows(transaction, 'thing', written, rows);
    return readRows(transaction, 'select a, b, c, d, e, f from thing order by a = 0, a', read);
  });
  assert.deepEqual(
    back.map(({ a, b, c, d, e, f }) => [a, b, c, d, e && new Uint8Array(e), f]),
    rows.map((row) => [...row]),
  );
});

test('no row is no row, and what must not be empty and is stops the reading, not the connection', async () => {
  await transact(database, async (transaction) => {
    assert.deepEqual(await readRows(transaction, 'select a from thing where false', { a: 'int2' }), []);
  });
  const reading = transact(database, (transaction) => readRows(transaction, 'select null::bytea as e', { e: 'bytea' }));
  await assert.rejects(reading, /column e is empty/);
  await assert.rejects(transact(database, (transaction) => readRows(transaction, 'select nothing', { e: 'text' })));
  const { rows } = await database.query('select 1 as one');
  assert.deepEqual(rows, [{ one: 1 }]);
});
