import assert from 'node:assert/strict';
import { test } from 'node:test';
import { torment } from '../../tools/torture/torment.ts';

// One seed here: npm run torture takes another each time, and kills two hundred times.
const seed = 20_261_123;

test(
  'both stations and both databases are killed at random instants, and nothing is lost, doubled or reordered',
  { timeout: 170_000 },
  async (context) => {
    const outcome = await torment({
      kills: 12,
      seed,
      pause: 100,
      patience: 90_000,
      onKill: (words) => context.diagnostic(words),
    });
    assert.deepEqual(outcome.wrong, []);
    assert.ok(outcome.acts > 100, `${outcome.acts} acts`);
    assert.equal(
      Object.values(outcome.kills).reduce((sum, count) => sum + count, 0),
      12,
    );
  },
);
