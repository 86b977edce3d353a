import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

test('of calls that come without pause one in so many milliseconds passes, the first at once', () => {
  let now = 0;
  const pace = new Pace(1000, () => now);
  const passed: number[] = [];
  for (; now < 3500; now += 10) if (pace.passes()) passed.push(now);
  assert.deepEqual(passed, [0, 1000, 2000, 3000]);
});
