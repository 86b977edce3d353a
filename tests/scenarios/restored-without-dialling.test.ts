import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { deadDropFolder } from '../../packages/station/src/adapters/dead-drop-folder.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { questionOf } from '../../packages/station/src/custody/question.ts';
import { answerQuestion } from '../../packages/station/src/exchange/answer-question.ts';
import { takeSealedAnswer } from '../../packages/station/src/exchange/take-answer.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { visitor } from '../support/drop-visits.fixtures.ts';
import { channelsOf, exercise, send } from '../support/exercise.fixtures.ts';
import { link } from '../support/linked.fixtures.ts';
import { backUp, restart } from '../support/restore.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let restored: TestStation;
beforeEach(async () => {
  parties = await twoParties();
  const { fr, ma } = parties;
  for (const { clock } of [fr.parts, ma.parts]) clock.advance(Date.now() - clock.now());
  await say(5);
  const backup = await backUp(ma, 'ma_yesterday');
  await say(900);
  await say(700);
  await say(30);
  restored = await restart(ma, backup);
  assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
});
afterEach(async () => {
  await restored.parts.database.end();
  await parties.close();
});

/** Both say so much, in turns that see each other. */
async function say(count: number): Promise<void> {
  const { fr, ma } = parties;
  await exercise(fr, count);
  await send(fr, ma);
  await exercise(ma, count);
  await send(ma, fr);
}

async function stopped({ parts, relation }: TestStation): Promise<string | undefined> {
  return (await readChannel(parts.database, 1, relation.own)).stopped;
}

test(
  'a restored station that is only dialled gets its channel back from who dials it',
  { timeout: 120_000 },
  async () => {
    const { fr, ma } = parties;
    const road = await link(fr, restored);
    try {
      await waitUntil('it has caught up', 40_000, async () => (await stopped(restored)) === undefined);
      await waitUntil('both are level', 10_000, async () => {
        const [one, other] = [await channelsOf(restored), await channelsOf(fr)];
        return one['fr'] === other['fr'] && one['ma'] === other['ma'];
      });
      assert.ok(
        (await readChannel(restored.parts.database, 1, restored.relation.own)).size >=
          (await readChannel(ma.parts.database, 1, ma.relation.own)).size,
      );
    } finally {
      await road.stop();
    }
  },
);

test(
  'a restored station gets its channel back by a dead drop, and an old answer in it is worth nothing',
  { timeout: 120_000 },
  async () => {
    const { fr, ma } = parties;
    const folder = join(fr.folder, 'drop');
    await mkdir(folder, { recursive: true });
    const [visitFr, visitMa] = [visitor(fr, deadDropFolder(folder)), visitor(restored, deadDropFolder(folder))];
    await visitMa();
    const question = (await readdir(folder)).find((name) => name.endsWith('.question.age'));
    assert.ok(question !== undefined);
    await visitFr();
    const answer = (await readdir(folder)).find((name) => name.endsWith('.answer.age'));
    assert.ok(answer !== undefined);
    // Whoever keeps the drop shows the answer to another question, made before.
    const before = { own: 5, theirs: 5, nonce: '0'.repeat(32) } as never;
    const right = await readFile(join(folder, answer));
    await writeFile(join(folder, answer), await answerQuestion(fr.parts, fr.relation, before, fr.relation.sealTo()));
    await assert.rejects(visitMa(), { code: 'head-behind' });
    assert.equal(await stopped(restored), 'not-caught-up');
    await writeFile(join(folder, answer), right);
    await visitMa();
    assert.equal(await stopped(restored), undefined);
    assert.equal((await channelsOf(restored))['ma'], (await channelsOf(ma))['ma']);
    await exercise(restored, 2);
    await visitMa();
    await visitFr();
    await visitMa();
    assert.deepEqual(await channelsOf(restored), await channelsOf(fr));
    assert.deepEqual(
      (await readdir(folder)).filter((name) => /question|answer/.test(name)),
      [],
    );
  },
);

test('an answer with one byte changed, or for another party, brings nothing', async () => {
  const { fr } = parties;
  const question = await questionOf(restored.parts, restored.relation);
  assert.ok(question !== undefined);
  const answer = await answerQuestion(fr.parts, fr.relation, question, fr.relation.sealTo());
  for (const at of [7, answer.length >> 1, answer.length - 1]) {
    const changed = Buffer.from(answer);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(takeSealedAnswer(restored.parts, restored.relation, changed), { name: 'Refusal' });
  }
  await assert.rejects(takeSealedAnswer(fr.parts, fr.relation, answer), { code: 'seal-unopenable' });
  assert.equal((await readChannel(restored.parts.database, 1, restored.relation.own)).size, question.own);
});

test('an answer that was cut short is asked for again from where it ended', { timeout: 120_000 }, async () => {
  const { fr, ma } = parties;
  let answers = 0;
  for (;;) {
    const question = await questionOf(restored.parts, restored.relation);
    if (question === undefined) break;
    const answer = await answerQuestion(fr.parts, fr.relation, question, fr.relation.sealTo(), 1);
    await takeSealedAnswer(restored.parts, restored.relation, answer);
    answers += 1;
  }
  assert.ok(answers > 4);
  assert.deepEqual(await channelsOf(restored), await channelsOf(ma));
});
