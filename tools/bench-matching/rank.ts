/** A stored identity that a search proposes; the higher the score, the sooner. */
export interface Hit {
  readonly id: string;
  readonly score: number;
}

/**
 * Where the wanted one stands among the hits: 1 + those above it + half of those beside it, itself not counted.
 * @returns Infinity where it is not among them
 */
export function expectedRank(hits: readonly Hit[], wanted: string): number {
  const found = hits.find(({ id }) => id === wanted);
  if (found === undefined) return Number.POSITIVE_INFINITY;
  let better = 0;
  let equal = 0;
  for (const { score } of hits) {
    if (score > found.score) better++;
    else if (score === found.score) equal++;
  }
  return 1 + better + (equal - 1) / 2;
}

/** The share of ranks within the first so many. NaN where there is no rank. */
export function recallAt(ranks: readonly number[], first: number): number {
  return ranks.filter((rank) => rank <= first).length / ranks.length;
}

/** The mean of 1 / rank, 0 for what was not found. NaN where there is no rank. */
export function meanReciprocalRank(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
}
