import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { counterpartHandlers } from '../../packages/station/src/exchange/counterpart-handlers.ts';
import type { PeerHandlers } from '../../packages/station/src/exchange/link/peer.ts';
import { logHandlers } from '../../packages/station/src/exchange/log-handlers.ts';
import { Wakeable } from '../../packages/station/src/exchange/wakeable.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { noteTaken, untakenNotices } from '../../packages/station/src/store/notices.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { exercise } from '../support/exercise.fixtures.ts';
import { link } from '../support/linked.fixtures.ts';
import { putInForce } from '../support/new-keyset.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { level } from '../support/says.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

/** MA's root opens an epoch, and FR has taken its notice; then FR's database is restored from before it. */
async function restoredFromBefore(): Promise<{ readonly restored: TestStation; readonly notice: Uint8Array }> {
  const { fr, ma } = parties;
  await exercise(fr, 2);
  await exercise(ma, 2);
  await level(fr, ma);
  const backup = await backUp(fr, 'fr_before');
  const { size, root } = await readChannel(ma.parts.database, 1, ma.relation.own);
  const notice = rootNotice(ma, 'epoch-notice', { epoch: 2, common: { size, root: root.toHex() } });
  for (const { parts, relation } of [ma, fr]) assert.equal(await acceptNotice(parts, relation, notice), 'epoch');
  for (const { hash } of await untakenNotices(ma.parts.database, 1, ma.relation.own)) {
    await noteTaken(ma.parts.database, 1, hash);
  }
  await exercise(ma, 1);
  await exercise(fr, 2);
  await level(fr, ma);
  const restored = await restart(fr, backup);
  assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
  return { restored, notice };
}

const epochOf = async ({ parts }: TestStation): Promise<number> =>
  (await readChannel(parts.database, 1, parties.ma.relation.own)).epoch;

test('a restored station that fetches back is offered the notice that it had taken since, and then goes on', async () => {
  const { ma } = parties;
  const { restored } = await restoredFromBefore();
  const nothing = (): Promise<never> => Promise.reject(new Error('no file is sent here'));
  const noFiles = { readOffset: nothing, append: nothing, read: nothing };
  const log = logHandlers(ma.parts, ma.relation);
  const dialled: PeerHandlers = counterpartHandlers(ma.parts, ma.relation, new Wakeable(), noFiles, log);
  const giver = { ...giverOf(ma), fetchHeld: dialled.readHeld };
  try {
    assert.equal(await dialled.readNotice(), undefined);
    await assert.rejects(catchUp(restored.parts, restored.relation, giver), { code: 'signature-missing' });
    const again = await dialled.readNotice();
    assert.ok(again !== undefined);
    assert.equal(await acceptNotice(restored.parts, restored.relation, again), 'epoch');
    await dialled.noteNoticeTaken(ma.parts.crypto.sha256Hex(again));
    assert.equal(await catchUp(restored.parts, restored.relation, giver), true);
    assert.equal(await epochOf(restored), 2);
    const { parts, relation } = restored;
    for (let more = await dialled.readNotice(); more !== undefined; more = await dialled.readNotice()) {
      assert.equal(await acceptNotice(parts, relation, more), 'known-already', 'not for ever, and to no effect');
      await dialled.noteNoticeTaken(parts.crypto.sha256Hex(more));
    }
  } finally {
    await restored.parts.database.end();
  }
});

test('a restored station that is dialled is brought the notice before the answer to what it asks', async () => {
  const { ma } = parties;
  const { restored, notice } = await restoredFromBefore();
  for (const { parts } of [ma, restored]) parts.clock.advance(Math.max(0, Date.now() - parts.clock.now()));
  const road = await link(ma, restored);
  try {
    await waitUntil('it has the new epoch', 20_000, async () => (await epochOf(restored)) === 2);
    assert.equal(await acceptNotice(restored.parts, restored.relation, notice), 'known-already');
  } finally {
    await road.stop();
    await restored.parts.database.end();
  }
});

test('a restored station that knows us by our key of before is brought the keyset under that key', async () => {
  const { fr, ma } = parties;
  await exercise(ma, 1);
  await level(fr, ma);
  const backup = await backUp(fr, 'fr_before');
  await putInForce(ma);
  await ma.relation.reload();
  await acceptNotice(fr.parts, fr.relation, ma.spare.signed);
  for (const { hash } of await untakenNotices(ma.parts.database, 1, ma.relation.own)) {
    await noteTaken(ma.parts.database, 1, hash);
  }
  const restored = await restart(fr, backup);
  const { certificate } = ma.spare.keyset.keys.tls;
  assert.notEqual(restored.relation.theirKeyset.keys.tls.certificate, certificate);
  for (const { parts } of [ma, restored]) parts.clock.advance(Math.max(0, Date.now() - parts.clock.now()));
  const road = await link(ma, restored);
  try {
    const known = (): boolean => restored.relation.theirKeyset.keys.tls.certificate === certificate;
    await waitUntil('it pins the new key', 20_000, known);
  } finally {
    await road.stop();
    await restored.parts.database.end();
  }
});
