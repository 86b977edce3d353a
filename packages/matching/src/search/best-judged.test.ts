import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BestJudged } from './best-judged.ts';

const records = new Uint8Array(8);
const judged = (offset: number, judgement: number): Parameters<BestJudged['add']>[0] => ({
  records,
  offset,
  judgement,
  nameJudgement: judgement,
});

test('Whoever is judged best is compared first, and no more than were asked for are kept.', () => {
  const best = new BestJudged(3, 20);
  for (const [offset, judgement] of [5, 9, 7, 8, 6].entries()) best.add(judged(offset, judgement));
  assert.deepEqual(
    best.kept.map(({ judgement }) => judgement),
    [9, 8, 7],
  );
  assert.equal(best.least, 7);
});

test('A person who is found under two names is compared once, by the better of them.', () => {
  const best = new BestJudged(3, 20);
  best.add(judged(1, 5));
  best.add(judged(1, 9));
  best.add(judged(1, 7));
  assert.deepEqual(
    best.kept.map(({ judgement }) => judgement),
    [9],
  );
});

test('Whoever is far behind the best is not compared, however few there are.', () => {
  const best = new BestJudged(3, 20);
  best.add(judged(1, 30));
  best.add(judged(2, 3));
  assert.equal(best.kept.length, 1);
});
