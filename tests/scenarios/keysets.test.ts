import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { examine } from '../../packages/station/src/custody/doctor.ts';
import { type FoundedKeys, generateKeys, seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { acceptAccordChange, proposeAccordChange, readProposals } from '../../packages/station/src/release/root-act.ts';
import { channelsOf, exercise, send } from '../support/exercise.fixtures.ts';
import { otherProcess, putInForce } from '../support/new-keyset.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

test('the spare keyset of an accord changed in the channel is put in force, and a station that starts later loads it', async () => {
  const { fr, ma } = parties;
  const fresh = await generateKeys(nodeCrypto, fr.relation.own, fr.root, 7);
  await agreeOn(fresh, fr, ma);
  await putInForce(fr, fresh);
  await acceptNotice(ma.parts, ma.relation, fresh.signed);
  const started = { ...fr, relation: await otherProcess(fr) };
  assert.equal(started.relation.ownKeyset.number, 7);
  await exercise(started, 3);
  await send(started, ma);
  assert.equal((await otherProcess(ma)).theirKeyset.number, 7);
  assert.deepEqual(await channelsOf(started), await channelsOf(ma));
});

test('a spare keyset of no accord that was agreed is not taken, whoever proposed it', async () => {
  const { fr, ma } = parties;
  const fresh = await generateKeys(nodeCrypto, fr.relation.own, fr.root, 7);
  await propose(fresh, fr);
  await send(fr, ma);
  await assert.rejects(acceptNotice(ma.parts, ma.relation, fresh.signed), { code: 'keyset-malformed' });
});

test('a station restored from before its own keyset gets the keyset back with its channel', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 2);
  await send(fr, ma);
  const backup = await backUp(fr, 'fr_before');
  await putInForce(fr);
  await acceptNotice(ma.parts, ma.relation, fr.spare.signed);
  const current = { ...fr, relation: await otherProcess(fr) };
  await exercise(current, 3);
  await send(current, ma);
  await exercise(ma, 1);
  await send(ma, current);

  const restored = await restart(fr, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    const keys = (await examine(restored.parts, [restored.relation])).find(({ name }) => name.endsWith('keys'));
    assert.equal(keys?.state, 'unwell', 'the doctor sees that the keystore is ahead');
    assert.equal(await catchUp(restored.parts, restored.relation, giverOf(ma)), true);
    assert.equal(restored.relation.ownKeyset.number, 2);
    await exercise(restored, 2);
    await send(restored, ma);
    assert.deepEqual(await channelsOf(restored), await channelsOf(ma));
  } finally {
    await restored.parts.database.end();
  }
});

async function propose({ signed }: FoundedKeys, { parts, relation, root }: TestStation): Promise<void> {
  const { payload } = JSON.parse(Buffer.from(signed).toString()) as { readonly payload: string };
  const spareKeyset = nodeCrypto.sha256Hex(Buffer.from(payload, 'base64'));
  const { accord } = relation.authority.accord(relation.own);
  const [first, second] = accord.parties;
  const { previous: _, ...change } = accord;
  await proposeAccordChange(parts, relation, seedsOf(root.present), {
    ...change,
    parties: [{ ...first, spareKeyset }, second],
  });
}

async function agreeOn(spare: FoundedKeys, fr: TestStation, ma: TestStation): Promise<void> {
  await propose(spare, fr);
  await send(fr, ma);
  const [proposal] = await readProposals(ma.parts, ma.relation);
  assert.ok(proposal !== undefined);
  await acceptAccordChange(ma.parts, ma.relation, seedsOf(ma.root.present), proposal);
  await send(ma, fr);
}
