import type { Comparison } from '../comparison.ts';

/** Who may be meant: a proposal to an officer, never a decision. */
export type Candidate = {
  readonly key: string;
  /** In nats, as in the explanation. */
  readonly evidence: number;
  /** What candidates are ordered by: the evidence, and what name and birth date tell in this crowd besides. In nats. */
  readonly standing: number;
  /** Calibrated, in [0, 1]. */
  readonly probability: number;
  /** Works the explanation out. Names and dates of the candidate's side are in the index's folded spelling. */
  readonly explain: () => Comparison;
};

export type SearchOptions = {
  /** At most so many candidates. */
  readonly limit: number;
  /** None below this probability. */
  readonly atLeast?: number;
};

/** Best standing first; of equals the lower key, so that an answer is the same wherever it is put together. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.standing !== b.standing) return b.standing - a.standing;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
