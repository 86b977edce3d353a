import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ActId, Refusal } from '@entente/protocol';
import type { Reader } from '../../packages/station/src/store/read-content.ts';
import { readContent } from '../../packages/station/src/store/read-content.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { enrol, level, request, say } from '../support/officers.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let act: ActId;
before(async () => {
  parties = await twoParties();
  const martin = await enrol(parties.fr, 'o-1');
  const [asked] = await say(martin, request);
  assert.ok(asked !== undefined);
  act = asked.act;
  await level(parties.fr, parties.ma);
});
after(() => parties.close());

function readerAt({ parts }: TestStation, purpose: string): Reader {
  return { caller: undefined, time: parts.clock.now(), day: '2026-11-23', purpose, acknowledged: false };
}

async function readsOf({ parts }: TestStation): Promise<readonly string[]> {
  const { rows } = await parts.database.query<{ bytes: Buffer }>(
    `select bytes from house_entry where kind = 'read' order by index`,
  );
  return rows.map(({ bytes }) => bytes.toString());
}

test('whoever reads a body stands in the house log: when, why, what', async () => {
  const { ma } = parties;
  const before = await readsOf(ma);
  const { parts, relation } = ma;
  const content = await readContent(parts.database, parts.crypto, recordOf(relation), act, readerAt(ma, 'lead 12'));
  assert.ok(content.body !== undefined);
  const [read, ...more] = (await readsOf(ma)).slice(before.length);
  assert.deepEqual(more, []);
  assert.ok(read?.includes(act) && read.includes('lead 12'));
});

test('where the house log cannot be written, nothing is read', async () => {
  const { ma } = parties;
  const { parts, relation } = ma;
  await parts.database.query('alter table house_entry add constraint no_more check (index < 0) not valid');
  try {
    await assert.rejects(
      readContent(parts.database, parts.crypto, recordOf(relation), act, readerAt(ma, 'lead 12')),
      /no_more/,
    );
  } finally {
    await parts.database.query('alter table house_entry drop constraint no_more');
  }
});

test('who does not say why reads nothing', async () => {
  const { ma } = parties;
  const { parts, relation } = ma;
  await assert.rejects(
    readContent(parts.database, parts.crypto, recordOf(relation), act, readerAt(ma, '')),
    (error: Refusal) => error.code === 'purpose-missing' || error.code === 'handling-forbids',
  );
});

test('the house log is a log: each entry stands in its tree, and none is ever sent', async () => {
  const { ma, fr } = parties;
  const { rows } = await ma.parts.database.query<{ size: number; entries: number }>(
    'select size, (select count(*)::int from house_entry) as entries from house',
  );
  assert.equal(rows[0]?.size, rows[0]?.entries);
  const crossed = await fr.parts.database.query(
    `select from entry where convert_from(envelope, 'UTF8') like '%lead 12%'`,
  );
  assert.equal(crossed.rowCount, 0);
});
