import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SeenNumbers } from './seen-numbers.ts';

test('each number is new once, however many came between', () => {
  const numbers = new Uint32Array(randomBytes(8 * 200_000).buffer);
  const seen = new SeenNumbers();
  const known = new Set<string>();
  for (const turn of [1, 2]) {
    for (let at = 0; at < numbers.length; at += 2) {
      const [low = 0, high = 0] = [numbers[at], numbers[at + 1]];
      const isNew = !known.has(`${low} ${high}`);
      known.add(`${low} ${high}`);
      assert.equal(seen.add(low, high), isNew, `turn ${turn}`);
    }
  }
});

test('numbers that share a half, or have none, are told apart', () => {
  const seen = new SeenNumbers();
  const numbers = [
    [7, 1],
    [7, 2],
    [8, 1],
    [0, 1],
    [0, 0],
    [7, 0],
  ] as const;
  for (const [low, high] of numbers) assert.equal(seen.add(low, high), true);
  for (const [low, high] of numbers) assert.equal(seen.add(low, high), false);
});
