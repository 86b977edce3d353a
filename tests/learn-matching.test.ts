import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Choice, learnChoice, rankOf } from '../tools/learn-matching/choice.ts';
import { seeded } from '../tools/bench-matching/seeded.ts';

/** Candidates of four features: whoever is meant has more of the first, less of the second; the third is noise, the fourth gives it away. */
function choicesOf(count: number, seed: string): readonly Choice[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const chosen = Math.floor(random() * 8);
    const rows = Array.from({ length: 8 }, (_, at) => {
      const isMeant = at === chosen ? 1 : 0;
      return [random() + 2 * isMeant, random() - 2 * isMeant, random(), isMeant];
    });
    return { features: Float32Array.from(rows.flat()), width: 4, count: 8, chosen, weight: 1 };
  });
}

test('slopes learned from choices find the one who is meant among others, and use no feature they may not', () => {
  const slopes = learnChoice(choicesOf(2000, 'learned'), [0, 1, 2]);
  assert.ok((slopes[0] ?? 0) > 1 && (slopes[1] ?? 0) < -1, slopes.join(' '));
  assert.ok(Math.abs(slopes[2] ?? 1) < 1, slopes.join(' '));
  assert.equal(slopes[3], 0);
  const ranks = choicesOf(500, 'asked').map((choice) => rankOf(choice, slopes));
  assert.ok(ranks.filter((rank) => rank === 1).length > 450);
  assert.deepEqual(learnChoice(choicesOf(2000, 'learned'), [0, 1, 2]), slopes);
});

test('equals share the middle of their places, and who is not among the candidates has none', () => {
  const choice = { features: Float32Array.of(1, 1, 2, 1), width: 1, count: 4, chosen: 0, weight: 1 };
  assert.equal(rankOf(choice, Float64Array.of(1)), 3);
  assert.equal(rankOf(choice, Float64Array.of(-1)), 2);
  assert.equal(rankOf({ ...choice, chosen: -1 }, Float64Array.of(1)), Number.POSITIVE_INFINITY);
});
