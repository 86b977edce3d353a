import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { maximumSealedNotices, seal, writeNotices } from '@entente/wire';
import type { DeadDrop } from '../../packages/station/src/adapters/dead-drop.ts';
import { deadDropFolder } from '../../packages/station/src/adapters/dead-drop-folder.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { generateKeys, generateRoot } from '../../packages/station/src/custody/found-relation.ts';
import { sealingKeyHash } from '../../packages/station/src/custody/seal-to.ts';
import type { DropVisit } from '../../packages/station/src/exchange/link/exchange-by-drop.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { untakenNotices } from '../../packages/station/src/store/notices.ts';
import { visitor } from '../support/drop-visits.fixtures.ts';
import { channelsOf, exercise } from '../support/exercise.fixtures.ts';
import { putInForce } from '../support/new-keyset.fixtures.ts';
import { backUp, restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let folder: string;
let visitFr: () => Promise<DropVisit>;
let visitMa: () => Promise<DropVisit>;
beforeEach(async () => {
  parties = await twoParties();
  folder = join(parties.fr.folder, 'drop');
  await mkdir(folder, { recursive: true });
  [visitFr, visitMa] = [visitor(parties.fr, deadDropFolder(folder)), visitor(parties.ma, deadDropFolder(folder))];
});
afterEach(() => parties.close());

/** Both say something, and visit until both hold all: nothing is refused on the way. */
async function goOn(fr: TestStation, ma: TestStation, visits: readonly (() => Promise<DropVisit>)[]): Promise<void> {
  await Promise.all([exercise(fr, 2), exercise(ma, 2)]);
  for (let round = 0; round < 3; round += 1) {
    for (const visit of visits) assert.deepEqual((await visit()).refused, []);
  }
  assert.deepEqual(await channelsOf(fr), await channelsOf(ma));
}

async function noticeFiles(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.notices.age'));
}

async function alarmsOf({ parts }: TestStation): Promise<readonly string[]> {
  return (await listAlarms(parts.database, 1, 100)).map(({ kind }) => kind);
}

const untaken = async ({ parts, relation }: TestStation): Promise<number> =>
  (await untakenNotices(parts.database, 1, relation.own)).length;

test('a new keyset reaches a station that shares only a drop, and both go on under it', async () => {
  const { fr, ma } = parties;
  await goOn(fr, ma, [visitFr, visitMa]);
  // This lies there unread, signed by the keys of before.
  await exercise(fr, 2);
  await visitFr();
  await putInForce(fr);
  await exercise(fr, 2);
  await visitFr();
  assert.equal((await noticeFiles()).length, 1);
  assert.equal(await untaken(fr), 1, 'left there it is not taken');
  assert.deepEqual((await visitMa()).refused, []);
  assert.equal(ma.relation.theirKeyset.number, 2);
  assert.equal(fr.relation.ownKeyset.number, 2);
  assert.equal((await channelsOf(fr))['fr'], (await channelsOf(ma))['fr']);
  await goOn(fr, ma, [visitFr, visitMa]);
  assert.equal(await untaken(fr), 0);
  assert.deepEqual(await noticeFiles(), [], 'nothing is left for ever');
  assert.deepEqual([await alarmsOf(fr), await alarmsOf(ma)], [[], []]);
});

test('a keyset that another process puts in force during a visit goes ahead of what it signs', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 1);
  const plain = deadDropFolder(folder);
  const listed: string[] = [];
  const busy: DeadDrop = {
    ...plain,
    list: async (prefix) => {
      // What is theirs was listed and our notices left: now comes what is ours.
      if (listed.push(prefix) === 2) await putInForce(fr);
      return plain.list(prefix);
    },
  };
  await visitor(fr, busy)();
  await visitMa();
  assert.equal(ma.relation.theirKeyset.number, 2);
  await goOn(fr, ma, [visitor(fr, plain), visitMa]);
  assert.deepEqual(await alarmsOf(ma), []);
});

test('a new epoch reaches the other side by the drop, and what lay there of the one before is cleared away', async () => {
  const { fr, ma } = parties;
  await goOn(fr, ma, [visitFr, visitMa]);
  const { size, root } = await readChannel(fr.parts.database, 1, fr.relation.own);
  await exercise(fr, 2);
  await visitFr();
  const before = (await readdir(folder)).filter((name) => name.endsWith('.parcel.age'));
  const notice = rootNotice(fr, 'epoch-notice', { epoch: 2, common: { size, root: root.toHex() } });
  assert.equal(await acceptNotice(fr.parts, fr.relation, notice), 'epoch');
  await visitFr();
  const after = await readdir(folder);
  assert.deepEqual(
    before.filter((name) => after.includes(name)),
    [],
  );
  assert.deepEqual((await visitMa()).refused, []);
  assert.equal((await readChannel(ma.parts.database, 1, fr.relation.own)).epoch, 2);
  await goOn(fr, ma, [visitFr, visitMa]);
  assert.equal(await untaken(fr), 0);
  assert.deepEqual(await noticeFiles(), []);
});

test('two sides that report their sealing keys stolen at once get out of it by the drop', async () => {
  const { fr, ma } = parties;
  await goOn(fr, ma, [visitFr, visitMa]);
  for (const station of [fr, ma]) await acceptNotice(station.parts, station.relation, await stolenSealing(station));
  // Acts wait until there is a key to seal them to, and the visit says so; notices do not.
  const orWait = async (visit: () => Promise<DropVisit>): Promise<void> => {
    await visit().catch((error: unknown) => assert.ok(error instanceof Refusal && error.code === 'key-unknown'));
  };
  for (const visit of [visitFr, visitMa, visitFr]) await orWait(visit);
  for (const { relation } of [fr, ma]) assert.throws(() => relation.sealTo(), { code: 'key-unknown' });
  for (const station of [fr, ma]) await putInForce(station);
  for (const visit of [visitFr, visitMa, visitFr]) await orWait(visit);
  for (const { relation } of [fr, ma]) assert.equal(relation.theirKeyset.number, 2);
  await goOn(fr, ma, [visitFr, visitMa]);
});

test('a compromise whose notice is held back is heeded once the channel tells of it', async () => {
  const { fr, ma } = parties;
  await goOn(fr, ma, [visitFr, visitMa]);
  const notice = await stolenSealing(fr);
  await acceptNotice(fr.parts, fr.relation, notice);
  await visitFr();
  for (const name of await noticeFiles()) await rm(join(folder, name));
  await assert.rejects(visitMa, { code: 'key-unknown' });
  assert.deepEqual(await alarmsOf(ma), ['compromise']);
  assert.throws(() => ma.relation.sealTo(), { code: 'key-unknown' });
  assert.equal(await acceptNotice(ma.parts, ma.relation, notice), 'known-already');
});

test('a restored station is left every notice once more, takes them before the answer, and goes on', async () => {
  const { fr, ma } = parties;
  await goOn(fr, ma, [visitFr, visitMa]);
  const backup = await backUp(ma, 'ma_before');
  await putInForce(fr);
  await visitFr();
  await visitMa();
  const { size, root } = await readChannel(fr.parts.database, 1, fr.relation.own);
  await acceptNotice(
    fr.parts,
    fr.relation,
    rootNotice(fr, 'epoch-notice', { epoch: 2, common: { size, root: root.toHex() } }),
  );
  await goOn(fr, ma, [visitFr, visitMa]);
  assert.deepEqual([await untaken(fr), await noticeFiles()], [0, []]);

  const restored = await restart(ma, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    assert.equal(restored.relation.theirKeyset.number, 1);
    const visitRestored = visitor(restored, deadDropFolder(folder));
    await visitRestored();
    await visitFr();
    assert.equal((await noticeFiles()).length, 1);
    for (const visit of [visitRestored, visitFr, visitRestored]) await visit();
    assert.equal(restored.relation.theirKeyset.number, 2);
    assert.equal((await readChannel(restored.parts.database, 1, fr.relation.own)).epoch, 2);
    assert.equal((await readChannel(restored.parts.database, 1, ma.relation.own)).stopped, undefined);
    await goOn(fr, restored, [visitFr, visitRestored]);
    assert.deepEqual(await noticeFiles(), []);
  } finally {
    await restored.parts.database.end();
  }
});

test('whatever else is put where notices lie changes nothing, and of thousands of files one is read', async () => {
  const { fr, ma } = parties;
  await goOn(fr, ma, [visitFr, visitMa]);
  await putInForce(fr);
  await visitFr();
  const [name] = await noticeFiles();
  assert.ok(name !== undefined);
  const path = join(folder, name);
  const right = await readFile(path);
  for (const parcel of await readdir(folder)) if (parcel !== name) await rm(join(folder, parcel));
  const first = rootNotice(ma, 'epoch-notice', { epoch: 2, common: { size: 0, root: '0'.repeat(64) } });
  const toMa = (...notices: readonly Uint8Array[]): Promise<Uint8Array> =>
    seal(nodeCrypto, [fr.relation.sealNoticesTo()], writeNotices(notices));
  const thief = await generateKeys(nodeCrypto, fr.relation.own, generateRoot(nodeCrypto), 2);
  const another = await twoParties();
  const theirs = await generateKeys(nodeCrypto, fr.relation.own, another.fr.root, 2);
  await another.close();
  const before = await stateOf(ma);
  const refused: Readonly<Record<string, readonly [Uint8Array, string]>> = {
    junk: [randomBytes(5000), 'seal-unopenable'],
    nothing: [new Uint8Array(), 'seal-unopenable'],
    'cut short': [right.subarray(0, right.length >> 1), 'seal-unopenable'],
    'more than notices may be': [randomBytes(maximumSealedNotices + 1), 'too-large'],
    'no notices': [await seal(nodeCrypto, [fr.relation.sealNoticesTo()], randomBytes(100)), 'note-malformed'],
    'a line of no meaning': [await toMa(Buffer.from('{"a":1}')), 'note-malformed'],
    'a keyset of another root': [await toMa(thief.signed), 'key-unknown'],
    'a keyset of another relation’s root': [await toMa(theirs.signed), 'key-unknown'],
    'an act of no root of ours': [await toMa(Buffer.from(Buffer.from(first).toString().replace('"sig', '"sjg'))), ''],
  };
  for (const [what, [bytes, code]] of Object.entries(refused)) {
    await writeFile(path, bytes);
    const codes = (await visitMa()).refused.filter((one) => one.name === name).map((one) => one.code);
    assert.equal(codes.length, 1, what);
    if (code !== '') assert.deepEqual(codes, [code], what);
    assert.deepEqual(await stateOf(ma), before, what);
  }

  // A notice that is refused holds up none after it; thousands of files beside hold up nothing.
  await writeFile(path, await toMa(thief.signed, fr.spare.signed, thief.signed));
  const direction = name.slice(0, 32);
  for (let at = 0; at < 3000; at += 1) await writeFile(join(folder, `${direction}-${at}.notices.age`), 'x');
  const read: string[] = [];
  const plain = deadDropFolder(folder);
  const counted = { ...plain, read: (one: string, most: number) => (read.push(one), plain.read(one, most)) };
  assert.equal((await visitor(ma, counted)()).refused.filter((one) => one.name === name).length, 2);
  assert.equal(ma.relation.theirKeyset.number, 2);
  assert.ok(read.filter((one) => one === name).length <= 2);
  assert.deepEqual(
    read.filter((one) => one.endsWith('.notices.age') && one !== name),
    [],
  );

  // What came once comes again, long after: it is known, and what followed it stays in force.
  const third = await generateKeys(nodeCrypto, fr.relation.own, fr.root, 3, nodeCrypto.sha256Hex(payloadOf(fr.spare)));
  await putInForce(fr, third);
  await goOn(fr, ma, [visitFr, visitMa]);
  assert.equal(ma.relation.theirKeyset.number, 3);
  const now = await stateOf(ma);
  await writeFile(path, right);
  assert.deepEqual(await visitMa(), { taken: 0, left: 0, refused: [] });
  assert.deepEqual(await stateOf(ma), now);
});

/** All that a notice could change. */
async function stateOf(station: TestStation): Promise<unknown> {
  const { rows } = await station.parts.database.query(
    `select (select count(*) from notice)::int as notices, (select count(*) from keyset)::int as keysets,
            (select count(*) from outbox)::int as outbox, (select array_agg(stopped) from channel) as stopped`,
  );
  const alarms = await alarmsOf(station);
  return { rows, alarms, number: station.relation.theirKeyset.number, channels: await channelsOf(station) };
}

/** What the root says when a station's sealing keys were taken over just now. */
async function stolenSealing(station: TestStation): Promise<Uint8Array> {
  const { parts, relation } = station;
  const heads = await Promise.all(
    [relation.own, relation.counterpart].map(async (owner) => {
      const { size, root } = await readChannel(parts.database, 1, owner);
      return { size, root: root.toHex() };
    }),
  );
  const keys = relation.sealing().map(({ recipient }) => sealingKeyHash(nodeCrypto, recipient));
  const since = new Date(parts.clock.now()).toISOString();
  return rootNotice(station, 'compromise-notice', { since, own: heads[0] ?? null, theirs: heads[1] ?? null, keys });
}

function payloadOf({ signed }: TestStation['spare']): Uint8Array {
  const { payload } = JSON.parse(Buffer.from(signed).toString()) as { readonly payload: string };
  return Buffer.from(payload, 'base64');
}
