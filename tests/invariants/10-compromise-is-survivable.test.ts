import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type LogSize, writeInstant } from '@entente/protocol';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { destroyOldSealing, rotateSealing } from '../../packages/station/src/custody/rotate-sealing.ts';
import { sealingKeyHash } from '../../packages/station/src/custody/seal-to.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { keepingRefused } from '../../packages/station/src/exchange/keep-refused.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { sayByAdministration } from '../../packages/station/src/release/administration-act.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { sayByRoot } from '../../packages/station/src/release/root-act.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { channelsOf, exercise, parcelFrom, send } from '../support/exercise.fixtures.ts';
import { HostileCounterpart } from '../support/hostile.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

const keystoreOf = ({ folder }: TestStation): Keystore => new Keystore(join(folder, 'keys'), nodeCrypto);

test('with a stolen sealing key acts wait, with the spare keyset they go on, and the thief signs nothing any more', async () => {
  const { fr, ma } = parties;
  await exercise(ma, 3);
  await send(ma, fr);
  await send(fr, ma);
  const thief = new HostileCounterpart({ ...ma, relation: { ...ma.relation } }, fr);

  const { size, root } = await readChannel(ma.parts.database, 1, ma.relation.own);
  const theirs = await readChannel(ma.parts.database, 1, fr.relation.own);
  const stolen = sealingKeyHash(nodeCrypto, ma.relation.ownKeyset.keys.sealing);
  const notice = rootNotice(ma, 'compromise-notice', {
    since: writeInstant(ma.parts.clock.now()),
    own: { size, root: root.toHex() },
    theirs: { size: theirs.size, root: theirs.root.toHex() },
    keys: [stolen],
  });
  assert.equal(await acceptNotice(fr.parts, fr.relation, notice), 'compromise');
  const [alarm] = await listAlarms(fr.parts.database, 1, 1);
  assert.equal(alarm?.kind, 'compromise');
  await exercise(fr, 2);
  const have = (await readChannel(fr.parts.database, 1, fr.relation.own)).size;
  await assert.rejects(makeParcel(fr.parts, fr.relation, have), { code: 'key-unknown' });

  await keystoreOf(ma).writeRelation('fr-ma', ma.spare.keys);
  assert.equal(await acceptNotice(ma.parts, ma.relation, ma.spare.signed), 'keyset');
  assert.equal(await acceptNotice(fr.parts, fr.relation, ma.spare.signed), 'keyset');
  await sayByRoot(ma.parts, ma.relation, seedsOf(ma.root.present), {
    type: 'relation/keyset',
    inputs: { keyset: keysetHash(ma), number: 2 },
    fields: { keyset: ma.spare.signed.toBase64() },
  });
  await exercise(ma, 2);
  await send(ma, fr);
  await send(fr, ma);
  await send(ma, fr);
  assert.deepEqual(await channelsOf(fr), await channelsOf(ma));
  const held = await readChannel(fr.parts.database, 1, ma.relation.own);
  const verdicts = (await readEntries(fr.parts.database, held, size, held.size)).map(({ verdict }) => verdict);
  assert.deepEqual([...new Set(verdicts)], [undefined]);

  thief.say();
  const forged = await thief.parcel({ to: fr.relation.ownKeyset.keys.sealing });
  await assert.rejects(acceptParcel(fr.parts, fr.relation, forged), { code: 'signature-missing' });
});

test('a keyset that another root signed, or that does not follow, is refused', async () => {
  const { fr, ma } = parties;
  const other = await twoParties();
  try {
    await assert.rejects(acceptNotice(fr.parts, fr.relation, other.ma.spare.signed), { code: 'key-unknown' });
    const notice = rootNotice(other.ma, 'epoch-notice', { epoch: 2, common: { size: 0, root: '0'.repeat(64) } });
    await assert.rejects(acceptNotice(fr.parts, fr.relation, notice), { code: 'key-unknown' });
    assert.equal(await acceptNotice(fr.parts, fr.relation, ma.spare.signed), 'keyset');
    assert.equal(await acceptNotice(fr.parts, fr.relation, ma.spare.signed), 'known-already');
  } finally {
    await other.close();
  }
});

test('a new sealing key is used once announced, the old one destroyed once nobody needs it, and what was sealed to it asked for again', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 1);
  const late = await parcelFrom(fr, 0);
  const old = ma.relation.sealing().at(-1);
  const key = await rotateSealing(ma.parts, ma.relation, keystoreOf(ma));
  assert.deepEqual(await destroyOldSealing(ma.parts, ma.relation, keystoreOf(ma)), [], 'nobody has seen the new one');
  await send(ma, fr);
  assert.equal(fr.relation.sealTo(), key.recipient);
  assert.deepEqual(await destroyOldSealing(ma.parts, ma.relation, keystoreOf(ma)), [], 'something may be under way');
  await exercise(fr, 1);
  await send(fr, ma);
  assert.deepEqual(await destroyOldSealing(ma.parts, ma.relation, keystoreOf(ma)), [old?.number]);
  const take = () => acceptParcel(ma.parts, ma.relation, late.sealed);
  await assert.rejects(keepingRefused(ma.parts, ma.relation, late.sealed, take), { code: 'seal-unopenable' });
  await assert.rejects(keepingRefused(ma.parts, ma.relation, late.sealed, take), { code: 'seal-unopenable' });
  const released = await releaseParcel(ma.parts, ma.relation);
  const asked = released?.entries.filter(({ envelope }) => headText(envelope).includes('relation/re-seal'));
  assert.equal(asked?.length, 1, 'once');
});

test('a station whose clock is off appends nothing until an administrator says so by act', async () => {
  const { fr, ma } = parties;
  ma.parts.clock.advance(600_000);
  await exercise(ma, 1);
  await send(ma, fr);
  await exercise(fr, 1);
  await assert.rejects(releaseParcel(fr.parts, fr.relation), { code: 'clock-off' });
  const [alarm] = await listAlarms(fr.parts.database, 1, 1);
  assert.equal(alarm?.kind, 'clock-off');
  assert.match(alarm.what, /10 minutes behind ma: nothing is released. Set the clock/);
  await sayByAdministration(fr.parts, fr.relation, 'clock-override', { difference: -600 });
  const { size } = await readChannel(fr.parts.database, 1, fr.relation.own);
  assert.equal(size, 2);
  const entries = await readEntries(
    fr.parts.database,
    await readChannel(fr.parts.database, 1, 'fr' as never),
    0 as LogSize,
    size,
  );
  assert.ok(entries.some(({ envelope }) => headText(envelope).includes('relation/clock-override')));
});

function keysetHash({ spare }: TestStation): string {
  const { payload } = JSON.parse(Buffer.from(spare.signed).toString()) as { payload: string };
  return nodeCrypto.sha256Hex(Buffer.from(payload, 'base64'));
}

function headText(envelope: Uint8Array): string {
  const { payload } = JSON.parse(Buffer.from(envelope).toString()) as { payload: string };
  return Buffer.from(payload, 'base64').toString();
}
