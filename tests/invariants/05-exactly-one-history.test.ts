import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ActId, LogSize } from '@entente/protocol';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp, forceStart, noteHeldBeyond } from '../../packages/station/src/custody/caught-up.ts';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { heedConflict } from '../../packages/station/src/custody/heed-conflict.ts';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { dueExpress, makeExpress } from '../../packages/station/src/exchange/make-express.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { releaseOrphan } from '../../packages/station/src/release/release-orphan.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { awaitingPrefix } from '../../packages/station/src/store/express.ts';
import { listOrphans } from '../../packages/station/src/store/epochs.ts';
import { channelsOf, exercise, parcelFrom, send } from '../support/exercise.fixtures.ts';
import { authorise, enrol, newDossier } from '../support/says.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let fr: TestStation;
const opened: TestStation[] = [];
before(async () => {
  parties = await twoParties();
  fr = parties.fr;
});
after(async () => {
  await Promise.all(opened.map(({ parts }) => parts.database.end()));
  await parties.close();
});

const restarted = async (station: TestStation, name?: string): Promise<TestStation> => {
  const again = await restart(station, name);
  opened.push(again);
  return again;
};

test('a station that was not restored goes on at once', async () => {
  const { ma } = parties;
  await exercise(fr, 3);
  await send(fr, ma);
  await exercise(ma, 2);
  await send(ma, fr);
  const again = await restarted(fr);
  assert.equal(await checkCaughtUp(again.parts, again.relation), true);
});

test('a station restored from an older backup appends nothing until it has its own channel back, and then is as it was', async () => {
  const { ma } = parties;
  const backup = await backUp(fr, 'fr_yesterday');
  await exercise(fr, 4);
  await send(fr, ma);
  await exercise(ma, 3);
  await send(ma, fr);
  await exercise(fr, 5);
  await send(fr, ma);
  await exercise(ma, 1);
  await send(ma, fr);
  await exercise(fr, 1);
  await send(fr, ma);
  const restored = await restarted(fr, backup);
  assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
  await exercise(restored, 1);
  await assert.rejects(releaseParcel(restored.parts, restored.relation), { code: 'not-caught-up' });
  assert.equal(await makeParcel(restored.parts, restored.relation, 0 as LogSize), undefined, 'nothing is signed');
  assert.equal(await catchUp(restored.parts, restored.relation, giverOf(ma)), true);
  assert.deepEqual(await channelsOf(restored), await channelsOf(fr));
  const [, alarm] = await listAlarms(restored.parts.database, 1, 10);
  assert.match(alarm?.what ?? '', /Drafts, the house log and acts that waited/);
  await send(restored, ma);
  await send(ma, restored);
  assert.deepEqual(await channelsOf(restored), await channelsOf(ma));
  fr = restored;
  assert.equal((await listAlarms(ma.parts.database, 1, 10)).length, 0);
});

test('a machine restored whole, high-water file and all, learns it from the counterpart before it appends', async () => {
  const { ma } = parties;
  const backup = await backUp(ma, 'ma_yesterday');
  const ownMark = await ma.parts.highWater.read('ma/fr/1');
  await exercise(ma, 2);
  await send(ma, fr);
  const restored = await restarted(ma, backup);
  const folder = `${ma.folder}-whole`;
  const highWater = new HighWater(folder);
  if (ownMark !== undefined) await highWater.raise('ma/fr/1', ownMark);
  const whole = { ...restored, parts: { ...restored.parts, highWater } };
  assert.equal(await checkCaughtUp(whole.parts, whole.relation), true, 'nothing here can tell');
  const { size } = await readChannel(fr.parts.database, 1, ma.relation.own);
  assert.equal(await noteHeldBeyond(whole.parts, whole.relation, size), true);
  await exercise(whole, 1);
  await assert.rejects(releaseParcel(whole.parts, whole.relation), { code: 'not-caught-up' });
  assert.equal(await catchUp(whole.parts, whole.relation, giverOf(fr)), true);
  assert.deepEqual(await channelsOf(whole), await channelsOf(ma));
});

test('forced to go on all the same, it is found out: both heads kept, alarmed, stopped; the floor passes; the root opens the next epoch', async () => {
  const two = await twoParties();
  try {
    const { fr, ma } = two;
    const officer = await enrol(fr);
    await exercise(fr, 2);
    await send(fr, ma);
    await exercise(ma, 1);
    await send(ma, fr);
    const backup = await backUp(fr, 'fr_older');
    await exercise(fr, 3);
    await send(fr, ma);
    await exercise(ma, 1);
    await send(ma, fr);
    const forced = await restart(fr, backup);
    assert.equal(await checkCaughtUp(forced.parts, forced.relation), false);
    await forceStart(forced.parts, forced.relation, 'administrator');
    const common = (await readChannel(forced.parts.database, 1, forced.relation.own)).size;
    await exercise(forced, 4);
    assert.equal(
      await noteHeldBeyond(forced.parts, forced.relation, 99 as LogSize),
      false,
      'forced: the counterpart will say',
    );
    const parcel = await parcelFrom(forced, common);
    const fault = await acceptParcel(ma.parts, ma.relation, parcel.sealed).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.equal((fault as { code?: string }).code, 'history-conflict');
    const stopped = await readChannel(ma.parts.database, 1, fr.relation.own);
    assert.equal(stopped.stopped, 'conflict');
    const [alarm] = await listAlarms(ma.parts.database, 1, 1);
    const proof = JSON.parse(Buffer.from(alarm?.proof ?? []).toString()) as { held: string; received: string };
    assert.match(proof.held, /^fr\/ma\/1\n/);
    assert.match(proof.received, /^fr\/ma\/1\n/);
    assert.notEqual(proof.held, proof.received);
    await heedConflict(forced.parts, forced.relation, fault);

    await exercise(forced, 2);
    const dossier = newDossier(forced);
    await authorise({ ...officer, station: forced }, { ...threat, dossier });
    await forced.parts.database.query(`update outbox set urgency = 100 where dossier = decode($1, 'hex')`, [dossier]);
    assert.equal(
      await makeParcel(forced.parts, forced.relation, common),
      undefined,
      'no parcel over a stopped channel',
    );
    const due = await dueExpress(forced.parts, forced.relation, 0 as LogSize);
    assert.equal(due.length, 1, 'the floor alone');
    const sealed = await makeExpress(forced.parts, forced.relation, due[0] ?? (0 as LogSize));
    const answer = await acceptExpress(ma.parts, ma.relation, sealed);
    const [shown] = await awaitingPrefix(ma.parts.database, await readChannel(ma.parts.database, 1, fr.relation.own));
    assert.equal(shown?.witnessed, false, 'shown as unwitnessed');
    assert.equal(shown?.verdict, undefined);
    await acceptExpress(forced.parts, forced.relation, answer);
    assert.deepEqual(await dueExpress(forced.parts, forced.relation, 0 as LogSize), [], 'answered');
    const ordinary = (await readChannel(forced.parts.database, 1, forced.relation.own)).size - 3;
    await assert.rejects(
      acceptExpress(ma.parts, ma.relation, await makeExpress(forced.parts, forced.relation, ordinary as LogSize)),
      { code: 'channel-stopped' },
    );

    const held = await forced.parts.database.query<{ root: Uint8Array }>(
      'select root from head where channel = 1 and size = $1',
      [common],
    );
    const root = held.rows[0]?.root.toHex() ?? '';
    const other = rootNotice(fr, 'epoch-notice', { epoch: 2, common: { size: common, root: '0'.repeat(64) } });
    await assert.rejects(acceptNotice(ma.parts, ma.relation, other), { code: 'history-conflict' });
    const notice = rootNotice(fr, 'epoch-notice', { epoch: 2, common: { size: common, root } });
    assert.equal(await acceptNotice(forced.parts, forced.relation, notice), 'epoch');
    assert.equal(await acceptNotice(ma.parts, ma.relation, notice), 'epoch');
    assert.equal(await acceptNotice(ma.parts, ma.relation, notice), 'known-already');
    const orphans = await listOrphans(forced.parts.database, 1, true);
    assert.equal(orphans.length, 5, 'four exercises and the threat are offered for release again');
    assert.equal(
      (await listOrphans(ma.parts.database, 1, false)).length,
      3,
      'and what it had held of the other history',
    );
    await send(forced, ma);
    await send(ma, forced);
    await send(forced, ma);
    assert.deepEqual(await channelsOf(forced), await channelsOf(ma));
    assert.match((await channelsOf(ma))['fr'] ?? '', /^2: /);

    const left = orphans.at(-1)?.act as ActId;
    await releaseOrphan(forced.parts, forced.relation, left);
    await assert.rejects(releaseOrphan(forced.parts, forced.relation, left), { code: 'already-exists' });
    await send(forced, ma);
    const again = await ma.parts.database.query<{ verdict: string | null }>(
      `select verdict from entry where act = decode($1, 'hex') and relation = 1`,
      [left],
    );
    assert.deepEqual(again.rows, [{ verdict: null }], 'released again, it counts');
    assert.equal((await listOrphans(forced.parts.database, 1, true)).length, 4);
    await forced.parts.database.end();
  } finally {
    await two.close();
  }
});

const threat = {
  type: 'leads/threat-to-life',
  floor: true,
  inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
  fields: {},
} as const;
