import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appendLeaves, emptyFrontier, leafHash, rootOf } from '@entente/c2sp';
import type { ActId, Refusal, Sha256Hex } from '@entente/protocol';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { makeExpress } from '../../packages/station/src/exchange/make-express.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import type { Content, Reader } from '../../packages/station/src/store/read-content.ts';
import { discloseEntries } from '../../packages/station/src/store/disclose-entries.ts';
import { readHouseHead } from '../../packages/station/src/store/house-log.ts';
import { type KeptDraft, insertDraft, listDrafts } from '../../packages/station/src/store/drafts.ts';
import { readAttachment, readContent, readDraft } from '../../packages/station/src/store/read-content.ts';
import { inspectReads } from '../../packages/station/src/store/read-log.ts';
import type { Caller } from '../../packages/station/src/store/tokens.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { enrol, level, request, say, type TestOfficer, wantedAct } from '../support/officers.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let martin: TestOfficer;
let act: ActId;
before(async () => {
  parties = await twoParties();
  martin = await enrol(parties.fr, 'o-1');
  const [asked] = await say(martin, request);
  assert.ok(asked !== undefined);
  act = asked.act;
  await level(parties.fr, parties.ma);
});
after(() => parties.close());

const caller: Caller = { token: 'desk-3', officer: 7, scopes: new Set(), relation: undefined };

function readerAt({ parts }: TestStation, purpose: string): Reader {
  return { caller, time: parts.clock.now(), day: '2026-11-23', purpose, acknowledged: false };
}

async function readsOf({ parts }: TestStation, kind = 'read'): Promise<readonly string[]> {
  const { rows } = await parts.database.query<{ bytes: Buffer }>(
    `select bytes from house_entry where kind = $1 order by index`,
    [kind],
  );
  return rows.map(({ bytes }) => bytes.toString());
}

test('whoever reads a body stands in the house log: who, when, why, what', async () => {
  const { ma } = parties;
  const before = await readsOf(ma);
  const { parts, relation } = ma;
  const content = await readContent(parts.database, parts.crypto, recordOf(relation), act, readerAt(ma, 'lead 12'));
  assert.ok(content.body !== undefined);
  const [read, ...more] = (await readsOf(ma)).slice(before.length);
  assert.deepEqual(more, []);
  const { time, what } = JSON.parse(read ?? '{}') as { time: number; what: Record<string, unknown> };
  assert.equal(time, parts.clock.now());
  const { by, purpose, act: named, content: part } = what;
  assert.deepEqual([by, purpose, named, part], [{ officer: 7, token: 'desk-3' }, 'lead 12', act, 'body']);
});

test('whoever opens a file of an act, or hands content on, stands in the house log before anything flows', async () => {
  const { fr, ma } = parties;
  const { parts, relation } = ma;
  const file = await sayWithFile(fr);
  await level(fr, ma);
  const record = recordOf(relation);
  const named = { act: file.act, attachment: file.sha256 };
  const before = await readsOf(ma);
  let opened = 0;
  await readAttachment(parts.database, parts.crypto, record, named, readerAt(ma, 'lead 14'), async () => (opened += 1));
  const [read, ...more] = (await readsOf(ma)).slice(before.length);
  assert.deepEqual([opened, more], [1, []]);
  assert.ok(read?.includes(file.sha256) && read.includes('lead 14') && read.includes('desk-3'));

  const exported = await readsOf(ma, 'export');
  const to = { to: 'Parquet de Paris', justification: 'réquisition' };
  const reader = readerAt(ma, 'lead 15');
  await readContent(parts.database, parts.crypto, record, act, reader, { use: 'operational-file', ...to });
  const channel = await readChannel(parts.database, relation.number, relation.counterpart);
  const piece = { channel, from: 0 as typeof channel.size, to: channel.size };
  await discloseEntries(parts.database, parts.crypto, record, piece, reader, 'Inspection');
  const [act1, channel1, ...rest] = (await readsOf(ma, 'export')).slice(exported.length);
  assert.deepEqual(rest, []);
  assert.ok(act1?.includes(act) && act1.includes('Parquet de Paris') && act1.includes('lead 15'));
  assert.ok(channel1?.includes('Inspection') && channel1.includes('lead 15'));
});

test('what came ahead of its prefix can be read like any act, and stands in the house log as read', async () => {
  const { fr, ma } = parties;
  const { parts, relation } = ma;
  const [ahead] = await say(martin, request);
  assert.ok(ahead !== undefined);
  await releaseParcel(fr.parts, fr.relation);
  const { size } = await readChannel(fr.parts.database, 1, fr.relation.own);
  await acceptExpress(parts, relation, await makeExpress(fr.parts, fr.relation, (size - 1) as typeof size));
  await assert.rejects(readContent(parts.database, parts.crypto, recordOf(relation), ahead.act, readerAt(ma, '')), {
    code: 'purpose-missing',
  });
  const before = await readsOf(ma);
  const read = (): Promise<Content> =>
    readContent(parts.database, parts.crypto, recordOf(relation), ahead.act, readerAt(ma, 'lead 13'));
  assert.ok((await read()).bodyBytes !== undefined);
  const [record, ...more] = (await readsOf(ma)).slice(before.length);
  assert.deepEqual(more, []);
  assert.ok(record?.includes(ahead.act) && record.includes('lead 13'));
  await level(fr, ma);
  assert.ok((await read()).bodyBytes !== undefined, 'and once its prefix has come, from the channel');
});

test('whoever reads a draft stands in the house log as well, and a list of drafts shows nothing of them', async () => {
  const { ma } = parties;
  const { parts, relation } = ma;
  const content = { ...wantedAct(request).content, fields: { facts: 'Somebody’s name' } };
  const draft = { dossier: undefined, officer: undefined, content };
  const kept = await insertDraft(parts.database, relation.number, parts.clock.now(), draft);
  const listed = await listDrafts(parts.database, relation.number);
  assert.ok(listed.some((one) => one.draft === kept.draft && one.type === content.type));
  assert.ok(!JSON.stringify(listed).includes('Somebody'));
  const read = (purpose: string): Promise<KeptDraft> =>
    readDraft(parts.database, parts.crypto, recordOf(relation), kept.draft, readerAt(ma, purpose));
  const before = await readsOf(ma);
  await assert.rejects(read(' '), { code: 'purpose-missing' });
  assert.deepEqual((await read('lead 16')).content.fields, content.fields);
  const [record, ...more] = (await readsOf(ma)).slice(before.length);
  assert.deepEqual(more, []);
  assert.ok(record?.includes(kept.draft) && record.includes('lead 16') && record.includes('desk-3'));
  const wanted = { dossier: undefined, before: undefined, limit: 1 };
  const { items } = await inspectReads(parts.database, parts.crypto, recordOf(relation), readerAt(ma, 'audit'), wanted);
  assert.ok(JSON.stringify(items).includes(kept.draft), 'the inspector of the relation finds it');
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
  const { root } = await readHouseHead(ma.parts.database);
  const { rows: written } = await ma.parts.database.query<{ bytes: Buffer }>(
    'select bytes from house_entry order by index',
  );
  const leaves = written.map(({ bytes }) => leafHash(nodeCrypto, bytes));
  assert.deepEqual(root.toHex(), rootOf(nodeCrypto, appendLeaves(nodeCrypto, emptyFrontier, leaves).frontier).toHex());
  const crossed = await fr.parts.database.query(
    `select from entry where convert_from(envelope, 'UTF8') like '%lead 12%'`,
  );
  assert.equal(crossed.rowCount, 0);
});

/** An act with a file of its own, whose bytes no test needs. */
async function sayWithFile({
  parts,
  relation,
}: TestStation): Promise<{ readonly act: ActId; readonly sha256: Sha256Hex }> {
  const sha256 = 'ab'.repeat(32) as Sha256Hex;
  await parts.database.query(
    `insert into attachment (relation, own, sealed_sha256, sealed_size, sha256, size, state, made)
     values ($1, true, decode(repeat('cd', 32), 'hex'), 9, decode($2, 'hex'), 3, 'present', 0)`,
    [relation.number, sha256],
  );
  const attachments = [{ name: 'photo.jpg', mediaType: 'image/jpeg', size: 3, sha256 }];
  const [said] = await say(martin, { ...request, attachments });
  assert.ok(said !== undefined);
  return { act: said.act, sha256 };
}
