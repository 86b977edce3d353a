/** One example: features, whether it is one person, and how much it counts. */
export type Example = { readonly x: Float64Array; readonly y: number; readonly weight: number };

/** A complete binary tree of `depth` levels: node `k` has children `2k + 1` and `2k + 2`; leaves hold nats. */
export type Tree = { readonly features: Uint8Array; readonly thresholds: Float64Array; readonly values: Float64Array };

export type BoostingPlan = {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly leafPenalty: number;
  readonly leastWeight: number;
};

const BINS = 48;

/** Gradient boosting with second-order leaves on the logistic loss (Friedman 2001; Chen and Guestrin 2016). Deterministic. */
export function boost(examples: readonly Example[], start: Float64Array, plan: BoostingPlan): Tree[] {
  const count = examples.length;
  const width = examples[0]?.x.length ?? 0;
  const edges = Array.from({ length: width }, (_, f) => binEdges(examples.map((e) => e.x[f] ?? 0)));
  const binned = Array.from({ length: width }, (_, f) =>
    Uint8Array.from(examples, (e) => binOf(edges[f] ?? [], e.x[f] ?? 0)),
  );
  const score = Float64Array.from(start);
  const gradient = new Float64Array(count);
  const curvature = new Float64Array(count);
  const trees: Tree[] = [];
  for (let t = 0; t < plan.trees; t++) {
    examples.forEach((example, i) => {
      const p = 1 / (1 + Math.exp(-(score[i] ?? 0)));
      gradient[i] = example.weight * (example.y - p);
      curvature[i] = example.weight * p * (1 - p);
    });
    const { tree, node } = grow(binned, edges, gradient, curvature, plan);
    for (let i = 0; i < count; i++) score[i] = (score[i] ?? 0) + (tree.values[node[i] ?? 0] ?? 0);
    trees.push(tree);
  }
  return trees;
}

export function treeValue(tree: Tree, x: Float64Array): number {
  let node = 0;
  const inner = tree.features.length;
  while (node < inner) node = 2 * node + ((x[tree.features[node] ?? 0] ?? 0) <= (tree.thresholds[node] ?? 0) ? 1 : 2);
  return tree.values[node] ?? 0;
}

function binEdges(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const edges = new Set<number>();
  for (let b = 1; b < BINS; b++) edges.add(Math.fround(sorted[Math.floor((b * sorted.length) / BINS)] ?? 0));
  return [...edges].toSorted((a, b) => a - b);
}

function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function grow(
  binned: readonly Uint8Array[],
  edges: readonly (readonly number[])[],
  gradient: Float64Array,
  curvature: Float64Array,
  plan: BoostingPlan,
): { tree: Tree; node: Uint16Array } {
  const inner = 2 ** plan.depth - 1;
  const tree = {
    features: new Uint8Array(inner),
    thresholds: new Float64Array(inner).fill(Infinity),
    values: new Float64Array(2 * inner + 1),
  };
  const node = new Uint16Array(gradient.length);
  for (let level = 0; level < plan.depth; level++) {
    const first = 2 ** level - 1;
    splitLevel(binned, edges, gradient, curvature, plan, tree, node, first, 2 ** level);
  }
  const g = new Float64Array(2 * inner + 1);
  const h = new Float64Array(2 * inner + 1);
  for (let i = 0; i < node.length; i++) {
    const at = node[i] ?? 0;
    g[at] = (g[at] ?? 0) + (gradient[i] ?? 0);
    h[at] = (h[at] ?? 0) + (curvature[i] ?? 0);
  }
  for (let at = inner; at < g.length; at++)
    tree.values[at] = (plan.rate * (g[at] ?? 0)) / ((h[at] ?? 0) + plan.leafPenalty);
  return { tree, node };
}

function splitLevel(
  binned: readonly Uint8Array[],
  edges: readonly (readonly number[])[],
  gradient: Float64Array,
  curvature: Float64Array,
  plan: BoostingPlan,
  tree: Tree,
  node: Uint16Array,
  first: number,
  nodes: number,
): void {
  const gain = new Float64Array(nodes).fill(1e-6);
  const splitBin = new Uint8Array(nodes).fill(255);
  for (const [f, bins] of binned.entries()) {
    const g = new Float64Array(nodes * BINS);
    const h = new Float64Array(nodes * BINS);
    for (let i = 0; i < node.length; i++) {
      const at = ((node[i] ?? 0) - first) * BINS + (bins[i] ?? 0);
      g[at] = (g[at] ?? 0) + (gradient[i] ?? 0);
      h[at] = (h[at] ?? 0) + (curvature[i] ?? 0);
    }
    for (let k = 0; k < nodes; k++)
      bestSplit(
        g.subarray(k * BINS, (k + 1) * BINS),
        h.subarray(k * BINS, (k + 1) * BINS),
        f,
        k,
        edges[f]?.length ?? 0,
      );
  }
  for (let k = 0; k < nodes; k++) {
    if (splitBin[k] === 255) continue;
    tree.thresholds[first + k] = edges[tree.features[first + k] ?? 0]?.[splitBin[k] ?? 0] ?? Infinity;
  }
  for (let i = 0; i < node.length; i++) {
    const k = (node[i] ?? 0) - first;
    const goesLeft = splitBin[k] === 255 || (binned[tree.features[first + k] ?? 0]?.[i] ?? 0) <= (splitBin[k] ?? 0);
    node[i] = 2 * (node[i] ?? 0) + (goesLeft ? 1 : 2);
  }

  function bestSplit(g: Float64Array, h: Float64Array, f: number, k: number, cuts: number): void {
    let [totalG, totalH] = [0, 0];
    for (let b = 0; b < BINS; b++) {
      totalG += g[b] ?? 0;
      totalH += h[b] ?? 0;
    }
    let [leftG, leftH] = [0, 0];
    for (let b = 0; b < cuts; b++) {
      leftG += g[b] ?? 0;
      leftH += h[b] ?? 0;
      const [rightG, rightH] = [totalG - leftG, totalH - leftH];
      if (leftH < plan.leastWeight || rightH < plan.leastWeight) continue;
      const score =
        leftG ** 2 / (leftH + plan.leafPenalty) +
        rightG ** 2 / (rightH + plan.leafPenalty) -
        totalG ** 2 / (totalH + plan.leafPenalty);
      if (score <= (gain[k] ?? 0)) continue;
      gain[k] = score;
      splitBin[k] = b;
      tree.features[first + k] = f;
    }
  }
}
