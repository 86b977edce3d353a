import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type ActId, type LogSize, relationDossier } from '@entente/protocol';
import { rootFingerprint, verifyEvidence } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { exportEvidence } from '../../packages/station/src/custody/export-evidence.ts';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { giveHeld } from '../../packages/station/src/exchange/give-held.ts';
import { makeExpress } from '../../packages/station/src/exchange/make-express.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { awaitingPrefix } from '../../packages/station/src/store/express.ts';
import { channelsOf, exercise, send } from '../support/exercise.fixtures.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { enrol, forceInto, information, newDossier, says, signedEnvelope } from '../support/says.fixtures.ts';
import type { TestStation } from '../support/two-parties.fixtures.ts';

let desks: TwoDesks;
beforeEach(async () => (desks = await twoDesks()));
afterEach(() => desks.close());

test('a restored station takes back what it said after seeing entries that an epoch has since left behind', async () => {
  const { fr, ma } = desks;
  await level();
  const backup = await backUp(fr, 'fr_before');
  const common = await headOf(ma);
  await exercise(ma, 3);
  await level();
  await exercise(fr, 2);
  await level();
  const notice = epochNotice(ma, common);
  for (const station of [fr, ma]) await acceptNotice(station.parts, station.relation, notice);
  await exercise(ma, 1);
  await level();

  const restored = await restart(fr, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    assert.equal(await acceptNotice(restored.parts, restored.relation, notice), 'epoch');
    assert.equal(await catchUp(restored.parts, restored.relation, giverOf(ma)), true);
    assert.deepEqual(await channelsOf(restored), await channelsOf(fr));
    assert.deepEqual(await judgedIn(restored), await judgedIn(fr));
    assert.deepEqual(
      (await listAlarms(ma.parts.database, 1, 10)).map(({ kind }) => kind),
      ['orphaned'],
    );
  } finally {
    await restored.parts.database.end();
  }
});

test('a database restored to before our own epoch appends nothing, even where the old epoch’s mark agrees', async () => {
  const { fr, ma } = desks;
  await level();
  const backup = await backUp(fr, 'fr_first_epoch');
  const notice = epochNotice(fr, await headOf(fr));
  for (const { parts, relation } of [fr, ma]) await acceptNotice(parts, relation, notice);
  await exercise(fr, 2);
  await level();
  const restored = await restart(fr, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    await exercise(restored, 1);
    await assert.rejects(releaseParcel(restored.parts, restored.relation), { code: 'not-caught-up' });
    assert.equal(
      await catchUp(restored.parts, restored.relation, giverOf(ma)),
      false,
      'nobody gives the old epoch back',
    );
    await assert.rejects(releaseParcel(restored.parts, restored.relation), { code: 'not-caught-up' });
    assert.equal(await acceptNotice(restored.parts, restored.relation, notice), 'epoch');
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    assert.equal(await catchUp(restored.parts, restored.relation, giverOf(ma)), true);
    assert.deepEqual(await channelsOf(restored), await channelsOf(ma));
  } finally {
    await restored.parts.database.end();
  }
});

for (const owner of ['ma', 'fr'] as const) {
  test(`a database restored to within the common prefix of ${owner}’s epoch opens it, and gets the rest back`, async () => {
    const { fr, ma } = desks;
    await level();
    const backup = await backUp(fr, `fr_${owner}`);
    await exercise(desks[owner], 3);
    await level();
    const common = await headOf(desks[owner]);
    await exercise(desks[owner], 2);
    await level();
    await exercise(fr, 1);
    await level();
    const notice = epochNotice(desks[owner], common);
    for (const { parts, relation } of [fr, ma]) await acceptNotice(parts, relation, notice);
    await exercise(ma, 1);
    await level();
    const restored = await restart(fr, backup);
    try {
      assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
      assert.equal(await acceptNotice(restored.parts, restored.relation, notice), 'epoch');
      await assert.rejects(releaseParcel(restored.parts, restored.relation), { code: 'not-caught-up' });
      assert.equal(await catchUp(restored.parts, restored.relation, giverOf(ma)), true);
      assert.deepEqual(await channelsOf(restored), await channelsOf(ma));
      assert.deepEqual(await judgedIn(restored), await judgedIn(ma));
    } finally {
      await restored.parts.database.end();
    }
  });
}

test('an act that was without effect only because of what an epoch left behind has effect from then on, at both stations', async () => {
  const { fr, ma, officers } = desks;
  await level();
  const common = await headOf(ma);
  await suspend(ma);
  await level();
  const dossier = newDossier(fr);
  const told = await signedEnvelope(officers.fr, spontaneous(dossier));
  await forceInto(fr, [told]);
  await level();
  assert.deepEqual(await verdictsOf(told.id), ['lane-closed', 'lane-closed']);
  const notice = epochNotice(ma, common);
  for (const { parts, relation } of [fr, ma]) await acceptNotice(parts, relation, notice);
  assert.deepEqual(await verdictsOf(told.id), [null, null]);
  await level();
  await desks.fold();
  assert.deepEqual(await judgedIn(fr), await judgedIn(ma));
  const [alarm] = await listAlarms(fr.parts.database, 1, 1);
  assert.match(alarm?.what ?? '', /1 entries of fr count otherwise/);
});

test('evidence names a receipt that proves something in the present epoch', async () => {
  const { fr, ma, officers } = desks;
  await says(officers.fr, spontaneous(newDossier(fr)));
  const act = await says(officers.fr, spontaneous(newDossier(fr)));
  const common = await headOf(fr);
  await exercise(fr, 2);
  await send(fr, ma);
  await send(ma, fr);
  const notice = epochNotice(fr, common);
  for (const { parts, relation } of [fr, ma]) await acceptNotice(parts, relation, notice);
  await exercise(fr, 1);
  await level();
  await exercise(ma, 1);
  await level();
  const roots = fr.relation.parties.map((party) =>
    rootFingerprint(nodeCrypto, (party === fr.relation.own ? fr.relation.ownKeyset : fr.relation.theirKeyset).root),
  );
  const [first, second] = roots;
  assert.ok(first !== undefined && second !== undefined);
  const bundle = await exportEvidence(fr.parts, fr.relation, act, undefined);
  const { received } = verifyEvidence(nodeCrypto, bundle, [first, second]);
  assert.ok(received.index > 0);
});

test('a station that lacks what an epoch left behind is given every entry that had seen it', async () => {
  const { fr, ma } = desks;
  await level();
  const common = await headOf(fr);
  await exercise(fr, 3);
  await level();
  const { size } = await readChannel(ma.parts.database, 1, ma.relation.own);
  await exercise(ma, 1);
  await level();
  const notice = epochNotice(fr, common);
  for (const { parts, relation } of [fr, ma]) await acceptNotice(parts, relation, notice);
  const given = await giveHeld(ma.parts, ma.relation, ma.relation.own, size, common.size as LogSize);
  assert.ok(given !== undefined);
});

test('an act that comes ahead is shown as judged by the present epoch, not by a size its author saw in another', async () => {
  const { fr, ma, officers } = desks;
  await level();
  const common = await headOf(ma);
  await exercise(ma, 6);
  await send(ma, fr);
  const { size } = await readChannel(fr.parts.database, 1, fr.relation.own);
  const told = await says(officers.fr, spontaneous(newDossier(fr)));
  const sealed = await makeExpress(fr.parts, fr.relation, size);
  await acceptNotice(ma.parts, ma.relation, epochNotice(ma, common));
  await suspend(ma);
  await acceptExpress(ma.parts, ma.relation, sealed);
  const shown = await awaitingPrefix(ma.parts.database, await readChannel(ma.parts.database, 1, fr.relation.own));
  assert.deepEqual(
    shown.map(({ act, verdict }) => [act.toHex(), verdict]),
    [[told, undefined]],
  );
});

const spontaneous = (dossier: ReturnType<typeof newDossier>) =>
  ({ type: 'leads/spontaneous', dossier, inputs: information, fields: {} }) as const;

async function level(): Promise<void> {
  for (const [from, to] of [
    [desks.fr, desks.ma],
    [desks.ma, desks.fr],
    [desks.fr, desks.ma],
  ] as const) {
    await send(from, to);
  }
}

async function suspend(station: TestStation): Promise<ActId> {
  const [one, other] = [await enrol(station), await enrol(station)];
  return says(one, {
    type: 'relation/lane',
    dossier: relationDossier,
    inputs: { track: 'leads', direction: 'in', setting: 'suspended' },
    with: [other],
  });
}

interface Common {
  readonly size: number;
  readonly root: string;
}

/** A party's head as both stations hold it. */
async function headOf({ parts, relation }: TestStation): Promise<Common> {
  const { size, root } = await readChannel(parts.database, 1, relation.own);
  return { size, root: root.toHex() };
}

function epochNotice(station: TestStation, { size, root }: Common): Uint8Array {
  return rootNotice(station, 'epoch-notice', { epoch: 2, common: { size, root } });
}

async function verdictsOf(act: ActId): Promise<readonly (string | null)[]> {
  const verdicts = [desks.fr, desks.ma].map(async ({ parts }) => {
    const { rows } = await parts.database.query<{ verdict: string | null }>(
      `select verdict from entry where act = decode($1, 'hex')`,
      [act],
    );
    return rows.map(({ verdict }) => verdict);
  });
  return (await Promise.all(verdicts)).flat();
}

/** What stands in the present epochs, with verdict, rank and what it had seen. */
async function judgedIn({ parts }: TestStation): Promise<readonly object[]> {
  const { rows } = await parts.database.query<object>(
    `select owner, index, verdict, rank, saw(entry), register from channel join entry using (relation, channel)
     where stopped is distinct from 'ended' order by owner, index`,
  );
  return rows;
}
