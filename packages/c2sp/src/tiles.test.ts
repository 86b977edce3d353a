import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  appendLeaves,
  consistencyProofFromTiles,
  emptyFrontier,
  frontierFromTiles,
  inclusionProofFromTiles,
  leafHash,
  readEntryBundle,
  readTilePath,
  rootFromTiles,
  rootOf,
  type Tile,
  tileKey,
  tilesForConsistency,
  tilesForInclusion,
  tilesForRoot,
  tilesIn,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
  writeEntryBundle,
  writeTilePath,
} from './index.ts';
import { crypto, refuses, utf8 } from './node-crypto.test.ts';

const LEAVES = Array.from({ length: 70_000 }, (_, at) => leafHash(crypto, utf8(String(at))));
const stored = new Map<string, Uint8Array>();
for (const { level, hashes } of appendLeaves(crypto, emptyFrontier, LEAVES).complete) {
  for (let index = 0; index * 256 < hashes.length; index += 1) {
    stored.set(tileKey({ level, index }), Buffer.concat(hashes.slice(index * 256, index * 256 + 256)));
  }
}
const load = (tiles: readonly Tile[]) =>
  tilesIn(
    new Map(
      tiles.map((tile) => [tileKey(tile), (stored.get(tileKey(tile)) ?? assert.fail()).slice(0, tile.width * 32)]),
    ),
  );
const treeOf = (size: number) => ({ size, root: rootFromTiles(crypto, size, load(tilesForRoot(size))) });

test('a path is the one the specification writes', () => {
  assert.equal(writeTilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(writeTilePath({ level: 'entries', index: 0, width: 8 }), 'tile/entries/000.p/8');
  assert.equal(writeTilePath({ level: 63, index: 1000, width: 255 }), 'tile/63/x001/000.p/255');
});

test('what is written is read back', () => {
  const tile = fc.record(
    {
      level: fc.oneof(fc.constant('entries' as const), fc.nat(63)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(tile, (value) => assert.deepEqual(readTilePath(writeTilePath(value)), value)));
});

test('any other spelling of a path is refused', () => {
  for (const path of [
    '',
    'tile',
    '/tile/0/000',
    'tile/0/000/',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/x001/x002',
    'tile/0/../000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/0/000\n',
    'tile/0/x999/x999/x999/x999/x999/999',
  ]) {
    refuses(() => readTilePath(path), 'tile-path');
  }
});

test('a tree of 70,000 leaves has the tiles the specification counts', () => {
  assert.deepEqual(
    [0, 272, 273, 274].map((index) => tileWidth(0, index, 70_000)),
    [256, 256, 112, 0],
  );
  assert.deepEqual(
    [0, 1, 2].map((index) => tileWidth(1, index, 70_000)),
    [256, 17, 0],
  );
  assert.deepEqual([tileWidth(2, 0, 70_000), tileWidth(3, 0, 70_000), tileWidth(1, 0, 256)], [1, 0, 1]);
});

const size = fc.integer({ min: 1, max: LEAVES.length });

test('proofs and roots computed from the few tiles they name hold', () => {
  fc.assert(
    fc.property(size, size, (a, b) => {
      const [old, tree] = [treeOf(Math.min(a, b)), treeOf(Math.max(a, b))];
      const index = old.size - 1;
      const forLeaf = tilesForInclusion(tree.size, index);
      const forOld = tilesForConsistency(old.size, tree.size);
      assert.ok(forLeaf.length <= 6 && forOld.length <= 6);
      const inclusion = inclusionProofFromTiles(crypto, tree.size, index, load(forLeaf));
      verifyInclusion(crypto, tree, index, LEAVES[index] ?? assert.fail(), inclusion);
      verifyConsistency(crypto, old, tree, consistencyProofFromTiles(crypto, old.size, tree.size, load(forOld)));
    }),
    { numRuns: 40 },
  );
});

test('a frontier read from tiles is the one that appending made', () => {
  for (const n of [0, 1, 255, 256, 257, 65_536, 69_999]) {
    const { frontier } = appendLeaves(crypto, emptyFrontier, LEAVES.slice(0, n));
    const fromTiles = frontierFromTiles(crypto, n, load(tilesForRoot(n)));
    assert.deepEqual(rootOf(crypto, fromTiles), rootOf(crypto, frontier));
    assert.equal(fromTiles.hashes.length, frontier.hashes.length);
  }
});

test('a missing, short or ragged tile is refused, a full one in place of a partial one serves', () => {
  const [tile] = tilesForRoot(300);
  assert.ok(tile);
  refuses(() => rootFromTiles(crypto, 300, () => undefined), 'tile-missing');
  refuses(() => rootFromTiles(crypto, 300, () => new Uint8Array(32)), 'tile-width');
  refuses(() => rootFromTiles(crypto, 300, () => new Uint8Array(256 * 32 + 32)), 'tile-width');
  refuses(() => rootFromTiles(crypto, 1, () => new Uint8Array(33)), 'tile-width');
  assert.deepEqual(rootFromTiles(crypto, 300, tilesIn(stored)), treeOf(300).root);
  refuses(() => tilesForInclusion(300, 300), 'range-outside');
  refuses(() => tilesForConsistency(301, 300), 'range-outside');
});

test('a bundle gives back its entries, and nothing else reads as one', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });
  fc.assert(
    fc.property(entries, (values) => {
      const bytes = writeEntryBundle(values);
      assert.deepEqual(readEntryBundle(bytes, values.length), values);
      refuses(() => readEntryBundle(bytes, values.length + 1), 'bundle-shape');
      refuses(() => readEntryBundle(bytes, values.length - 1), 'bundle-shape');
      refuses(() => readEntryBundle(bytes.subarray(0, -1), values.length), 'bundle-shape');
    }),
  );
  refuses(() => readEntryBundle(Uint8Array.of(0), 1), 'bundle-shape');
  refuses(() => readEntryBundle(new Uint8Array(0), 0), 'bundle-shape');
  refuses(() => writeEntryBundle([]), 'bundle-shape');
  refuses(() => writeEntryBundle([new Uint8Array(65_536)]), 'size-limit');
});
