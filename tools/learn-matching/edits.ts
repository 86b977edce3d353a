/** Two words in symbols that training says are one. */
export type SpellingPair = { readonly left: Uint8Array; readonly right: Uint8Array; readonly weight: number };

/** Joint probabilities of a memoryless stochastic edit transducer, `table[left * rights + right]`; 0 is the empty side. */
export type EditTable = { readonly lefts: number; readonly rights: number; readonly table: Float64Array };

const ROUNDS = 10;
/** Pairs that fit this badly after three rounds are wrong alignments of the source, per symbol and in nats. */
const WORST_FIT = -1.2;

/**
 * Expectation maximisation after Ristad and Yianilos, "Learning string-edit distance" (1998). The first and the last
 * edit of a word have the same table as those between.
 */
export function learnEdits(pairs: readonly SpellingPair[], lefts: number, rights: number): EditTable {
  let table = initial(lefts, rights);
  let kept = pairs;
  for (let round = 0; round < ROUNDS; round++) {
    const counts = new Float64Array(lefts * rights).fill(0.002);
    for (const pair of kept) expect(pair, table, rights, counts);
    table = normalised(counts);
    if (round === 3) kept = kept.filter((pair) => fit(pair, table, lefts, rights) > WORST_FIT);
  }
  return { lefts, rights, table };
}

function initial(lefts: number, rights: number): Float64Array {
  const table = new Float64Array(lefts * rights).fill(1);
  for (let i = 0; i < lefts; i++) table[i * rights] = 0.3;
  for (let j = 0; j < rights; j++) table[j] = 0.3;
  return normalised(table);
}

function normalised(counts: Float64Array): Float64Array {
  const table = Float64Array.from(counts);
  table[0] = 0;
  let sum = 0;
  for (const count of table) sum += count;
  return table.map((count) => count / sum);
}

function expect(pair: SpellingPair, table: Float64Array, rights: number, counts: Float64Array): void {
  const { left, right, weight } = pair;
  const n = left.length;
  const m = right.length;
  const width = m + 1;
  const forward = forwards(left, right, table, rights);
  const total = forward[n * width + m] ?? 0;
  if (!(total > 0)) return;
  const backward = new Float64Array((n + 1) * width);
  backward[n * width + m] = 1;
  for (let i = n; i >= 0; i--) {
    for (let j = m; j >= 0; j--) {
      const at = i * width + j;
      const reach = (forward[at] ?? 0) * (weight / total);
      let sum = backward[at] ?? 0;
      const edit = (edge: number, next: number): void => {
        const beyond = (table[edge] ?? 0) * (backward[next] ?? 0);
        sum += beyond;
        counts[edge] = (counts[edge] ?? 0) + reach * beyond;
      };
      if (i < n) edit((left[i] ?? 0) * rights, at + width);
      if (j < m) edit(right[j] ?? 0, at + 1);
      if (i < n && j < m) edit((left[i] ?? 0) * rights + (right[j] ?? 0), at + width + 1);
      backward[at] = sum;
    }
  }
}

function forwards(left: Uint8Array, right: Uint8Array, table: Float64Array, rights: number): Float64Array {
  const width = right.length + 1;
  const forward = new Float64Array((left.length + 1) * width);
  forward[0] = 1;
  for (let i = 0; i <= left.length; i++) {
    for (let j = 0; j < width; j++) {
      const row = i > 0 ? (left[i - 1] ?? 0) * rights : 0;
      const column = j > 0 ? (right[j - 1] ?? 0) : 0;
      let sum = forward[i * width + j] ?? 0;
      if (i > 0) sum += (forward[(i - 1) * width + j] ?? 0) * (table[row] ?? 0);
      if (j > 0) sum += (forward[i * width + j - 1] ?? 0) * (table[column] ?? 0);
      if (i > 0 && j > 0) sum += (forward[(i - 1) * width + j - 1] ?? 0) * (table[row + column] ?? 0);
      forward[i * width + j] = sum;
    }
  }
  return forward;
}

/** How much likelier the pair is together than apart, per symbol. */
function fit(pair: SpellingPair, table: Float64Array, lefts: number, rights: number): number {
  const together = forwards(pair.left, pair.right, table, rights).at(-1) ?? 0;
  const leftOdds = new Float64Array(lefts);
  const rightOdds = new Float64Array(rights);
  for (let i = 0; i < lefts; i++) {
    for (let j = 0; j < rights; j++) {
      const odds = table[i * rights + j] ?? 0;
      leftOdds[i] = (leftOdds[i] ?? 0) + odds;
      rightOdds[j] = (rightOdds[j] ?? 0) + odds;
    }
  }
  let apart = 0;
  for (const symbol of pair.left) apart += Math.log(leftOdds[symbol] ?? 1);
  for (const symbol of pair.right) apart += Math.log(rightOdds[symbol] ?? 1);
  return (Math.log(together) - apart) / (pair.left.length + pair.right.length);
}
