import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  readFrontier,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  writeFrontier,
} from './index.ts';
import { crypto, flip, refuses, utf8 } from './node-crypto.test.ts';

const LEAVES = Array.from({ length: 700 }, (_, at) => leafHash(crypto, utf8(`leaf ${at}`)));

/** RFC 6962 section 2.1, word by word. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return emptyRoot(crypto);
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(crypto, mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

const readHash = (height: number, index: number) => mth(LEAVES.slice(index * 2 ** height, (index + 1) * 2 ** height));
const treeOf = (size: number) => ({ size, root: mth(LEAVES.slice(0, size)) });
const size = fc.integer({ min: 1, max: LEAVES.length });
const place = fc.integer({ min: 0, max: LEAVES.length - 1 });

test('the empty tree has the hash of nothing', () => {
  assert.equal(emptyRoot(crypto).toHex(), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.deepEqual(rootOf(crypto, emptyFrontier), emptyRoot(crypto));
});

test('appending in batches of any size gives the root of the definition, and each tile hash once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 4 }), (batches) => {
      let frontier = emptyFrontier;
      const levels: Uint8Array[][] = [];
      for (const batch of batches) {
        const next = Math.min(LEAVES.length, frontier.size + batch);
        const appended = appendLeaves(crypto, frontier, LEAVES.slice(frontier.size, next));
        frontier = readFrontier(appended.frontier.size, writeFrontier(appended.frontier));
        for (const { level, first, hashes } of appended.complete) {
          const known = (levels[level] ??= []);
          assert.equal(first, known.length);
          known.push(...hashes);
        }
      }
      assert.deepEqual(rootOf(crypto, frontier), mth(LEAVES.slice(0, frontier.size)));
      for (const [level, hashes] of levels.entries()) {
        assert.deepEqual(
          hashes,
          Array.from({ length: Math.floor(frontier.size / 256 ** level) }, (_, at) => readHash(8 * level, at)),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('an inclusion proof shows its leaf, and no other leaf, place, tree or proof', () => {
  fc.assert(
    fc.property(size, place, fc.nat(), (n, at, bit) => {
      const index = at % n;
      const leaf = LEAVES[index] ?? assert.fail();
      const tree = treeOf(n);
      const proof = inclusionProof(crypto, n, index, readHash);
      verifyInclusion(crypto, tree, index, leaf, proof);
      refuses(() => verifyInclusion(crypto, tree, index, flip(leaf, bit), proof), 'inclusion-invalid');
      refuses(
        () => verifyInclusion(crypto, { ...tree, root: flip(tree.root, bit) }, index, leaf, proof),
        'inclusion-invalid',
      );
      refuses(() => verifyInclusion(crypto, tree, index, leaf, [...proof, leaf]), 'inclusion-invalid');
      refuses(() => verifyInclusion(crypto, tree, n, leaf, proof), 'inclusion-invalid');
      refuses(() => verifyInclusion(crypto, tree, -1, leaf, proof), 'inclusion-invalid');
      if (n === 1) return;
      refuses(() => verifyInclusion(crypto, tree, (index + 1) % n, leaf, proof), 'inclusion-invalid');
      refuses(() => verifyInclusion(crypto, tree, index, leaf, proof.slice(1)), 'inclusion-invalid');
      const spoilt = bit % proof.length;
      const flipped = proof.map((hash, step) => (step === spoilt ? flip(hash, bit) : hash));
      refuses(() => verifyInclusion(crypto, tree, index, leaf, flipped), 'inclusion-invalid');
    }),
    { numRuns: 60 },
  );
});

test('a consistency proof shows its beginning, and no other root, size or proof', () => {
  fc.assert(
    fc.property(size, size, fc.nat(), (a, b, bit) => {
      const [old, tree] = [treeOf(Math.min(a, b)), treeOf(Math.max(a, b))];
      const proof = consistencyProof(crypto, old.size, tree.size, readHash);
      verifyConsistency(crypto, old, tree, proof);
      refuses(
        () => verifyConsistency(crypto, { ...old, root: flip(old.root, bit) }, tree, proof),
        'consistency-invalid',
      );
      refuses(
        () => verifyConsistency(crypto, old, { ...tree, root: flip(tree.root, bit) }, proof),
        'consistency-invalid',
      );
      refuses(() => verifyConsistency(crypto, old, tree, [...proof, old.root]), 'consistency-invalid');
      if (proof.length === 0) return;
      refuses(() => verifyConsistency(crypto, tree, old, proof), 'consistency-invalid');
      refuses(() => verifyConsistency(crypto, old, tree, proof.slice(0, -1)), 'consistency-invalid');
      const spoilt = bit % proof.length;
      const flipped = proof.map((hash, step) => (step === spoilt ? flip(hash, bit) : hash));
      refuses(() => verifyConsistency(crypto, old, tree, flipped), 'consistency-invalid');
    }),
    { numRuns: 60 },
  );
});

test('every tree begins with the empty one, without a proof', () => {
  const empty = { size: 0, root: emptyRoot(crypto) };
  verifyConsistency(crypto, empty, treeOf(5), []);
  verifyConsistency(crypto, empty, empty, []);
  refuses(() => verifyConsistency(crypto, empty, treeOf(5), [empty.root]), 'consistency-invalid');
  refuses(
    () => verifyConsistency(crypto, { ...empty, root: flip(empty.root, 1) }, treeOf(5), []),
    'consistency-invalid',
  );
  refuses(() => verifyConsistency(crypto, empty, { ...empty, root: flip(empty.root, 1) }, []), 'consistency-invalid');
});

test('a tree near 2^53 leaves proves like a small one', () => {
  // Every leaf alike: the root of 2^h leaves depends on h only.
  const alike: Uint8Array[] = [leafHash(crypto, utf8('same'))];
  for (let h = 1; h <= 53; h += 1)
    alike.push(nodeHash(crypto, alike[h - 1] ?? assert.fail(), alike[h - 1] ?? assert.fail()));
  const readAlike = (height: number) => alike[height] ?? assert.fail();
  fc.assert(
    fc.property(fc.integer({ min: 2 ** 32, max: Number.MAX_SAFE_INTEGER }), fc.maxSafeNat(), (n, at) => {
      const index = at % n;
      const ones = [...n.toString(2)].flatMap((bit, place_) =>
        bit === '1' ? [n.toString(2).length - 1 - place_] : [],
      );
      const root = rootOf(crypto, { size: n, hashes: ones.map(readAlike) });
      const proof = inclusionProof(crypto, n, index, readAlike);
      assert.ok(proof.length <= 53);
      verifyInclusion(crypto, { size: n, root }, index, readAlike(0), proof);
      const oldOnes = [...(index + 1).toString(2)].flatMap((bit, p) =>
        bit === '1' ? [(index + 1).toString(2).length - 1 - p] : [],
      );
      const oldRoot = rootOf(crypto, { size: index + 1, hashes: oldOnes.map(readAlike) });
      verifyConsistency(
        crypto,
        { size: index + 1, root: oldRoot },
        { size: n, root },
        consistencyProof(crypto, index + 1, n, readAlike),
      );
    }),
    { numRuns: 30 },
  );
});

test('a frontier with too few or too many hashes is refused', () => {
  refuses(() => readFrontier(3, new Uint8Array(32)), 'frontier-shape');
  refuses(() => readFrontier(4, new Uint8Array(64)), 'frontier-shape');
  refuses(() => readFrontier(1, new Uint8Array(31)), 'frontier-shape');
  refuses(() => appendLeaves(crypto, emptyFrontier, [new Uint8Array(31)]), 'hash');
});
