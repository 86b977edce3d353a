import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  type DoubleSigner,
  logSigners,
  mostNotices,
  noticeOnStick,
  sealStream,
  type StickFile,
  writeStick,
} from '@entente/wire';
import { bytesSource } from '../../packages/station/src/adapters/source.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import {
  type FoundedKeys,
  generateKeys,
  generateRoot,
  seedsOf,
} from '../../packages/station/src/custody/found-relation.ts';
import { questionOf } from '../../packages/station/src/custody/question.ts';
import { answerQuestion } from '../../packages/station/src/exchange/answer-question.ts';
import { type CarriedIn, carryIn } from '../../packages/station/src/exchange/carry-in.ts';
import { carryOut, noticeFiles } from '../../packages/station/src/exchange/carry-out.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { channelsOf, exercise } from '../support/exercise.fixtures.ts';
import { otherProcess, putInForce } from '../support/new-keyset.fixtures.ts';
import { custodyOfNoFiles } from '../support/no-files.fixtures.ts';
import { backUp, restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let sticks = 0;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

async function stickOf(station: TestStation): Promise<Buffer> {
  const { parts, folder } = station;
  const file = join(folder, `stick-${++sticks}`);
  // What another process put in force is in force for whoever writes a stick.
  const relation = await otherProcess(station);
  await carryOut({ parts, relation, custody: custodyOfNoFiles(station), file, onProgress: () => {} });
  return readFile(file);
}

function takeIn(station: TestStation, stick: Uint8Array): Promise<CarriedIn> {
  const { parts, relation, spare, offlineIdentity } = station;
  const identity = relation.ownKeyset.number === 1 ? offlineIdentity : spare.offlineIdentity;
  const source = bytesSource(stick).read(0, stick.length);
  return carryIn({ parts, relation, custody: custodyOfNoFiles(station), identity, source });
}

/** Each carries a stick to the other until both hold all. */
async function carryBoth(fr: TestStation, ma: TestStation): Promise<void> {
  await Promise.all([exercise(fr, 2), exercise(ma, 2)]);
  for (const [from, to] of [
    [fr, ma],
    [ma, fr],
    [fr, ma],
  ] as const) {
    assert.deepEqual((await takeIn(to, await stickOf(from))).refused, []);
  }
  assert.deepEqual(await channelsOf(fr), await channelsOf(ma));
}

/** A stick to MA as anybody writes it who knows its offline recipient. */
async function forged(signer: DoubleSigner, notices: readonly Uint8Array[]): Promise<Buffer> {
  const { fr, ma } = parties;
  const files: readonly StickFile[] = notices.map((bytes, at) => ({
    name: noticeOnStick(at + 1),
    sha256: nodeCrypto.sha256Hex(bytes),
    size: bytes.length,
    content: bytesSource(bytes).read(0, bytes.length),
  }));
  const route = { from: fr.relation.own, to: ma.relation.own, relation: fr.relation.name };
  const tar = writeStick(nodeCrypto, signer.ed25519, route, files);
  const sealed = sealStream(nodeCrypto, [fr.relation.theirKeyset.keys.offline], tar);
  return Buffer.concat(await Array.fromAsync(sealed));
}

const signerOf = ({ keys }: FoundedKeys): DoubleSigner => logSigners(nodeCrypto, 'fr/ma/1', seedsOf(keys.log));

async function stateOf({ parts, relation }: TestStation): Promise<unknown> {
  const { rows } = await parts.database.query(
    `select (select count(*) from notice)::int as notices, (select count(*) from keyset)::int as keysets,
            (select count(*) from alarm)::int as alarms, (select sum(size) from channel)::int as entries`,
  );
  return [rows, relation.theirKeyset.number];
}

test('a stick under keys that only it announces is taken; one from before them is not, nor does it bring them back', async () => {
  const { fr, ma } = parties;
  await carryBoth(fr, ma);
  await exercise(fr, 1);
  const before = await stickOf(fr);
  await putInForce(fr);
  const under = await stickOf(fr);
  assert.deepEqual((await takeIn(ma, under)).notices, 1);
  assert.equal(ma.relation.theirKeyset.number, 2);
  const state = await stateOf(ma);
  await assert.rejects(takeIn(ma, before), { name: 'Refusal' });
  assert.deepEqual(await stateOf(ma), state);
  await fr.relation.reload();
  await carryBoth(fr, ma);
});

test('a stick that somebody else wrote changes nothing, whatever notices stand on it, and no more of them is read than may be', async () => {
  const { fr, ma } = parties;
  await carryBoth(fr, ma);
  const root = generateRoot(nodeCrypto);
  const thief = await generateKeys(nodeCrypto, fr.relation.own, root, 2);
  const byMa = rootNotice(ma, 'epoch-notice', { epoch: 3, common: { size: 1, root: '0'.repeat(64) } });
  const state = await stateOf(ma);
  const written: readonly (readonly Uint8Array[])[] = [
    [thief.signed],
    [new Uint8Array(10), Buffer.from('{}'), thief.signed, byMa],
    Array.from({ length: mostNotices }, () => Buffer.from('[]')),
  ];
  for (const notices of written) {
    await assert.rejects(takeIn(ma, await forged(signerOf(thief), notices)), { code: 'signature-missing' });
    assert.deepEqual(await stateOf(ma), state);
  }
  const tooMany = Array.from({ length: mostNotices + 1 }, () => Buffer.from('[]'));
  await assert.rejects(takeIn(ma, await forged(signerOf(thief), tooMany)), { code: 'too-large' });
  assert.deepEqual(await stateOf(ma), state);
  // A genuine notice counts by any road, also by a thief's stick; nothing else on that does.
  await assert.rejects(takeIn(ma, await forged(signerOf(thief), [fr.spare.signed])), { code: 'signature-missing' });
  assert.equal(ma.relation.theirKeyset.number, 2);
});

test('a notice that is refused is told of, and holds up nothing that stands on the same stick', async () => {
  const { fr, ma } = parties;
  await carryBoth(fr, ma);
  const foreign = await generateKeys(nodeCrypto, fr.relation.own, generateRoot(nodeCrypto), 2);
  const mixed = await forged(fr.relation.log(1), [foreign.signed, fr.spare.signed]);
  // Its manifest is signed by the key of before, which counts no more once the second is taken.
  await assert.rejects(takeIn(ma, mixed), { code: 'signature-missing' });
  const again = await forged(signerOf(fr.spare), [foreign.signed, fr.spare.signed]);
  const { notices, refused } = await takeIn(ma, again);
  assert.deepEqual([notices, refused], [0, ['key-unknown']]);
});

test('the answer to a restored station that stands on a stick brings it every notice, taken before or not', async () => {
  const { fr, ma } = parties;
  await carryBoth(fr, ma);
  const backup = await backUp(ma, 'ma_before');
  await putInForce(fr);
  await fr.relation.reload();
  const { size, root } = await readChannel(fr.parts.database, 1, fr.relation.own);
  await carryBoth(fr, ma);
  const epoch = rootNotice(fr, 'epoch-notice', { epoch: 2, common: { size, root: root.toHex() } });
  await acceptNotice(fr.parts, fr.relation, epoch);
  await acceptNotice(ma.parts, ma.relation, epoch);
  await carryBoth(fr, ma);
  assert.deepEqual(await noticeFiles(fr.parts, fr.relation, false), []);

  const restored = await restart(ma, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    const question = await questionOf(restored.parts, restored.relation);
    assert.ok(question !== undefined);
    const notices = await noticeFiles(fr.parts, fr.relation, true);
    const { offline } = fr.relation.theirKeyset.keys;
    const answer = await answerQuestion(fr.parts, fr.relation, question, offline, undefined, notices);
    const carried = await takeIn(restored, answer);
    assert.deepEqual([carried.notices, carried.refused, carried.caughtUp], [2, [], true]);
    await carryBoth(fr, restored);
  } finally {
    await restored.parts.database.end();
  }
});
