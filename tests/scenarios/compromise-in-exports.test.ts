import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type ActId, writeInstant } from '@entente/protocol';
import { type Evidence, type EvidenceFiles, rootFingerprint, verifyEvidence } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { exportEvidence } from '../../packages/station/src/custody/export-evidence.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import {
  acceptAccordChange,
  proposeAccordChange,
  readProposals,
  sayByRoot,
} from '../../packages/station/src/release/root-act.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { exercise, send } from '../support/exercise.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

/** Both say all they have, receipts included. */
async function exchange(): Promise<void> {
  const { fr, ma } = parties;
  for (const [from, to] of [
    [ma, fr],
    [fr, ma],
    [ma, fr],
    [fr, ma],
  ] as const)
    await send(from, to);
}

const headOf = async ({ parts }: TestStation, of: TestStation): Promise<{ size: number; root: string }> => {
  const { size, root } = await readChannel(parts.database, 1, of.relation.own);
  return { size, root: root.toHex() };
};

interface Bundle extends Evidence {
  readonly files: EvidenceFiles;
}

async function evidenceAt({ parts, relation }: TestStation, act: ActId): Promise<Bundle> {
  const files = await exportEvidence(parts, relation, act, undefined);
  const [first, second] = [parties.fr, parties.ma].map((one) =>
    rootFingerprint(nodeCrypto, one.relation.ownKeyset.root),
  );
  assert.ok(first !== undefined && second !== undefined);
  return { ...verifyEvidence(nodeCrypto, files, [first, second]), files };
}

const doubtsAt = async (station: TestStation, act: ActId): Promise<readonly string[]> =>
  (await evidenceAt(station, act)).doubts.map(({ kind }) => kind);

/** MA's root reports a compromise: what both hold now is the last it trusts. */
async function trustedNow(): Promise<() => Uint8Array> {
  const { fr, ma } = parties;
  const [own, theirs] = [await headOf(ma, ma), await headOf(ma, fr)];
  const since = writeInstant(ma.parts.clock.now());
  return () => rootNotice(ma, 'compromise-notice', { since, own, theirs, keys: [] });
}

async function takeNotice(notice: Uint8Array): Promise<void> {
  for (const { parts, relation } of [parties.ma, parties.fr])
    assert.equal(await acceptNotice(parts, relation, notice), 'compromise');
}

test('evidence of what a thief logged says so once its root does, though the notice stands in no channel yet', async () => {
  const { ma } = parties;
  const [early] = await exercise(ma, 1);
  await exchange();
  const notice = await trustedNow();
  const [late] = await exercise(ma, 1);
  await exchange();
  assert.ok(early !== undefined && late !== undefined);
  assert.deepEqual(await doubtsAt(ma, late), []);
  await takeNotice(notice());
  const { doubts, files } = await evidenceAt(ma, late);
  assert.deepEqual(
    doubts.map(({ kind }) => kind),
    ['act-suspect'],
  );
  assert.ok(files.has('notices/1/envelope.json') && !files.has('notices/1/leaf.json'));
  assert.deepEqual(await doubtsAt(ma, early), []);
});

test('a notice in the channel is proved where it stands, and so is what its root confirms', async () => {
  const { fr, ma } = parties;
  await exchange();
  const notice = await trustedNow();
  const [late, other] = await exercise(ma, 2);
  await exchange();
  await takeNotice(notice());
  await exchange();
  assert.ok(late !== undefined && other !== undefined);
  for (const station of [fr, ma]) {
    const bundle = await evidenceAt(station, late);
    assert.deepEqual(
      bundle.doubts.map(({ kind }) => kind),
      ['act-suspect'],
    );
    assert.ok(bundle.files.has('notices/1/tlog-proof.txt'));
  }
  const { index } = (await evidenceAt(fr, late)).logged;
  await sayByRoot(ma.parts, ma.relation, seedsOf(ma.root.present), {
    type: 'relation/confirmation',
    inputs: { from: index, to: index + 1 },
  });
  await exchange();
  for (const station of [fr, ma]) {
    assert.deepEqual(await doubtsAt(station, late), []);
    assert.deepEqual(await doubtsAt(station, other), ['act-suspect'], 'it confirmed the one beside it');
  }
});

test('a receipt that became void is no evidence; the one given anew is', async () => {
  const { fr, ma } = parties;
  await exchange();
  const notice = await trustedNow();
  const [act] = await exercise(fr, 1);
  await exchange();
  assert.ok(act !== undefined);
  const before = await evidenceAt(fr, act);
  await takeNotice(notice());
  await assert.rejects(
    evidenceAt(fr, act),
    { code: 'head-behind' },
    'nothing proves custody until it is cosigned anew',
  );
  const atMa = await evidenceAt(ma, act);
  assert.deepEqual(
    atMa.doubts.map(({ kind }) => kind),
    ['receipt-void'],
  );
  for (const station of [fr, ma]) station.parts.clock.advance(2000);
  await exercise(ma, 1);
  await exchange();
  await send(fr, ma);
  const after = await evidenceAt(ma, act);
  assert.deepEqual(after.doubts, []);
  assert.ok(after.received.index > before.received.index);
});

test('an accord that a suspect acceptance brought is in force for nobody any more, in evidence as at the stations', async () => {
  const { fr, ma } = parties;
  const { accord: content, hash: old } = fr.relation.authority.accord(fr.relation.own);
  await proposeAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), { ...content, carryDays: 3 });
  await exchange();
  const notice = await trustedNow();
  const [proposal] = await readProposals(ma.parts, ma.relation);
  assert.ok(proposal !== undefined);
  await acceptAccordChange(ma.parts, ma.relation, seedsOf(ma.root.present), proposal);
  await exchange();
  const [under] = await exercise(fr, 1);
  await exchange();
  await takeNotice(notice());
  await exchange();
  const [after] = await exercise(fr, 1);
  await exchange();
  assert.ok(under !== undefined && after !== undefined);
  for (const station of [fr, ma]) {
    assert.equal(station.relation.authority.accord(fr.relation.own).hash, old);
    assert.equal((await evidenceAt(station, under)).accord, proposal.accord, 'verdicts before the notice stand');
    assert.equal((await evidenceAt(station, after)).accord, old);
  }
});
