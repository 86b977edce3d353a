import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readName } from '../names/reading.ts';
import { prepareToken } from '../score/prepared-name.ts';
import type { PreparedToken } from '../score/prepared-name.ts';
import { skeletonOf, skeletonsOf } from './skeleton.ts';
import { tokenEvidence } from './token-evidence.ts';

function token(word: string): PreparedToken {
  const reading = readName(word);
  const first = reading.kind === 'name' ? reading.tokens[0] : undefined;
  assert.ok(first !== undefined, word);
  return prepareToken(first);
}

const evidence = (a: string, b: string): number => tokenEvidence(token(a), token(b));

test('spellings of one word agree across scripts and languages', () => {
  for (const [a, b] of [
    ['بوتفليقة', 'Bouteflika'],
    ['الزهراني', 'Alzahrani'],
    ['قذافي', 'Gaddafi'],
    ['Xasan', 'Hassan'],
    ['Cabdi', 'Abdi'],
    ['Djamel', 'Gamal'],
    ['Mojtar', 'مختار'],
    ['Chérif', 'Sharif'],
  ] as const) {
    assert.ok(evidence(a, b) > 4, `${a} ~ ${b}: ${evidence(a, b)}`);
  }
});

test('look-alikes that are different given names do not agree', () => {
  for (const [a, b] of [
    ['Hassan', 'Hussein'],
    ['Omar', 'Ammar'],
    ['Abderrahmane', 'Abderrahim'],
    ['Mohamed', 'Mahmoud'],
    ['خالد', 'Khalil'],
    ['Djamel', 'كمال'],
  ] as const) {
    assert.ok(evidence(a, b) < 2, `${a} ~ ${b}: ${evidence(a, b)}`);
  }
});

test('evidence is the same both ways round', () => {
  for (const [a, b] of [
    ['Khaled', 'خالد'],
    ['Benslimane', 'Slimane'],
    ['J.', 'Jean'],
  ] as const)
    assert.equal(evidence(a, b), evidence(b, a));
});

test('spellings of a name share a skeleton', () => {
  assert.equal(skeletonOf(token('Sulayman')), skeletonOf(token('سليمان')));
  assert.equal(skeletonOf(token('Slimane')), skeletonOf(token('سليمان')));
  assert.ok(skeletonsOf(token('Chérif')).includes(skeletonOf(token('شريف'))));
  assert.ok(skeletonsOf(token('Benslimane')).includes(skeletonOf(token('Slimane'))));
  assert.ok(skeletonsOf(token('Gharghij'), 3).length <= 3);
});
