import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instant } from '@entente/protocol';
import fc from 'fast-check';
import { delayOf, linkAnswered, linkFailed, type LinkState, newLink, wakeLink } from './link-state.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (milliseconds: number): Instant => milliseconds as Instant;

test('a link that fails again and again waits at most a minute, and never longer than double the time before', () => {
  fc.assert(
    fc.property(fc.array(chance, { minLength: 1, maxLength: 80 }), (chances) => {
      let link: LinkState = newLink(at(0));
      let now = 0;
      for (const [failure, drawn] of chances.entries()) {
        link = linkFailed(link, 'link-down', at(now), { chance: drawn });
        const delay = delayOf(link, at(now));
        assert.ok(delay <= Math.min(60_000, 500 * 2 ** failure));
        assert.equal(link.since, 0);
        now += delay;
        assert.equal(delayOf(link, at(now)), 0);
      }
    }),
  );
});

test('one success forgets all failures, and the next failure begins a new outage', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), chance, (failures, drawn) => {
      let link = newLink(at(0));
      for (let n = 0; n < failures; n++) link = linkFailed(link, 'store-full', at(n), { chance: drawn });
      link = linkAnswered(link, at(1000));
      assert.deepEqual(link, { kind: 'up', since: 1000, lastError: 'store-full' });
      assert.equal(linkAnswered(link, at(2000)), link);
      link = linkFailed(link, 'link-down', at(3000), { chance: drawn });
      assert.equal(link.since, 3000);
      assert.ok(delayOf(link, at(3000)) <= 500);
    }),
  );
});

test('waking tries at once', () => {
  const link = linkFailed(newLink(at(0)), 'link-down', at(5), { chance: 0.99 });
  assert.ok(delayOf(link, at(5)) > 0);
  assert.equal(delayOf(wakeLink(link, at(6)), at(6)), 0);
});

test('a counterpart that asks for patience gets it, up to a minute', () => {
  const asked = (retryAfter: number): number =>
    delayOf(linkFailed(newLink(at(0)), 'quota-exceeded', at(0), { chance: 0, retryAfter }), at(0));
  assert.equal(asked(30), 30_000);
  assert.equal(asked(86_400), 60_000);
});

test('a clock set back by a day does not silence the link for a day', () => {
  const link = linkFailed(newLink(at(0)), 'link-down', at(86_400_000), { chance: 0.5 });
  assert.ok(delayOf(link, at(0)) <= 60_000);
});
