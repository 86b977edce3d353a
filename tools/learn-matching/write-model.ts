import { writeFileSync } from 'node:fs';
import type { Example, Tree } from './boosting.ts';

/** Nats for one step of a leaf, which is stored in sixteen bits. */
const LEAF_STEP = 1 / 4096;

/** Writes `learned/name-model.ts`. */
export function writeModel(
  bias: number,
  slopes: readonly number[],
  trees: readonly Tree[],
  examples: readonly Example[],
  depth: number,
  target: string,
): void {
  const inner = 2 ** depth - 1;
  const splits = Uint8Array.from(trees.flatMap((tree) => [...tree.features]));
  const thresholds = Buffer.alloc(splits.length * 4);
  const leaves = Buffer.alloc(trees.length * (inner + 1) * 2);
  trees.forEach((tree, t) => {
    tree.thresholds.forEach((threshold, node) => thresholds.writeFloatLE(threshold, (t * inner + node) * 4));
    tree.values
      .subarray(inner)
      .forEach((value, leaf) => leaves.writeInt16LE(Math.round(value / LEAF_STEP), (t * (inner + 1) + leaf) * 2));
  });
  const strangers = examples.filter(({ y }) => y === 0);
  const leftShares = Uint8Array.from(trees.flatMap((tree) => leftSharesOf(tree, strangers)));
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  writeFileSync(
    target,
    [
      '// Written by tools/learn-matching: a line and boosted trees over NAME_FEATURES; see score/name-model.ts.',
      `export const MODEL_DEPTH = ${depth};`,
      `export const LEAF_STEP: number = 1 / 4096;`,
      `export const MODEL_BIAS: number = ${bias.toFixed(4)};`,
      `export const MODEL_SLOPES: readonly number[] = [${slopes.map((slope) => slope.toFixed(4)).join(', ')}];`,
      `export const MODEL_SPLITS =\n  '${base64(splits)}';`,
      `export const MODEL_THRESHOLDS =\n  '${base64(thresholds)}';`,
      `export const MODEL_LEFT_SHARES =\n  '${base64(leftShares)}';`,
      `export const MODEL_LEAVES =\n  '${base64(leaves)}';`,
      '',
    ].join('\n'),
  );
}

/**
 * For every inner node: which share of two persons' pairs that reach it goes left. What is expected of strangers is the
 * prior, so that an explanation says what sets a pair apart from them.
 */
function leftSharesOf(tree: Tree, examples: readonly Example[]): number[] {
  const inner = tree.features.length;
  const reached = new Float64Array(2 * inner + 1);
  for (const { x, weight } of examples) {
    for (let node = 0; node < inner;) {
      reached[node] = (reached[node] ?? 0) + weight;
      node = 2 * node + ((x[tree.features[node] ?? 0] ?? 0) <= (tree.thresholds[node] ?? 0) ? 1 : 2);
      if (node >= inner) reached[node] = (reached[node] ?? 0) + weight;
    }
  }
  return Array.from({ length: inner }, (_, node) =>
    (reached[node] ?? 0) === 0 ? 128 : Math.round((255 * (reached[2 * node + 1] ?? 0)) / (reached[node] ?? 1)),
  );
}
