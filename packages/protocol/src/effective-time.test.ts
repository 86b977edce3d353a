import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  changeDigest,
  cosignedBeyondSeen,
  differingDossiers,
  dossierDigest,
  effectiveTimes,
  emptyDigest,
  hashDigest,
  positionsAt,
  readDigest,
  writeDigest,
} from './index.ts';
import type { DossierId, Instant, Sha256, TimedLeaf } from './index.ts';

const minute = 60_000;
const leaf = (minutes: number, seen: number): TimedLeaf => ({ time: (minutes * minute) as Instant, seen });
const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

test('a claimed time beyond the first leaf that saw it is disputed and cut to two minutes after', () => {
  const [times] = effectiveTimes([[leaf(10, 0)], [leaf(3, 1)]]);
  assert.deepEqual(times, [{ instant: 5 * minute, standing: 'final', excess: 5 * minute }]);
});

test('a leaf that nobody has seen yet is provisional, and none is earlier than those before it', () => {
  const [fr, ma] = effectiveTimes([
    [leaf(10, 0), leaf(4, 0)],
    [leaf(2, 0), leaf(9, 1)],
  ]);
  assert.deepEqual(
    fr.map((time) => time.standing),
    ['final', 'provisional'],
  );
  assert.deepEqual(
    fr.map((time) => time.instant / minute),
    [10, 10],
  );
  assert.equal((ma[1]?.instant ?? 0) / minute, 10);
});

test('a leaf that hides what its author had cosigned before is found', () => {
  const cosignatures = [{ size: 5, time: minute as Instant }];
  assert.equal(cosignedBeyondSeen(leaf(2, 4), cosignatures)?.size, 5);
  assert.equal(cosignedBeyondSeen(leaf(2, 5), cosignatures), undefined);
  assert.equal(cosignedBeyondSeen(leaf(1, 4), cosignatures), undefined);
});

test('the moment of a theft becomes the last entries receipted by then', () => {
  const channels = [
    [leaf(1, 0), leaf(2, 0), leaf(6, 1)],
    [leaf(3, 2), leaf(8, 3)],
  ] as const;
  assert.deepEqual(positionsAt((5 * minute) as Instant, channels, effectiveTimes(channels)), { sizes: [2, 0] });
  assert.deepEqual(positionsAt((9 * minute) as Instant, channels, effectiveTimes(channels)), { sizes: [3, 1] });
});

const states = fc.dictionary(
  fc.constantFrom('00', '01', 'fe', 'ff').map((start) => start.padEnd(32, '7')),
  fc.string(),
  { minKeys: 1 },
);

test('the digest of a relation does not depend on the order in which its dossiers came to their states', () => {
  fc.assert(
    fc.property(states, (states) => {
      const hashes = Object.entries(states).map(([id, state]) => ({
        id: id as DossierId,
        after: dossierDigest(id as DossierId, new TextEncoder().encode(state), sha256),
      }));
      const sum = (list: typeof hashes): typeof emptyDigest =>
        list.reduce((digest, { id, after }) => changeDigest(digest, id, { after }), emptyDigest);
      const whole = sum(hashes);
      assert.deepEqual(sum(hashes.toReversed()), whole);
      assert.deepEqual(readDigest(writeDigest(whole)), whole);
      const [first] = hashes;
      assert(first !== undefined);
      const without = changeDigest(whole, first.id, { before: first.after });
      assert.deepEqual(without, sum(hashes.slice(1)));
      assert.notDeepEqual(hashDigest(without, sha256), hashDigest(whole, sha256));
      assert.deepEqual(differingDossiers(without, whole), [first.id.slice(0, 2)]);
    }),
  );
});
