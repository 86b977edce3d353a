import type { LabelledPair, PairTable } from './read-pairs.ts';

/** A rival that says how far two identities may be one person. */
export interface PairScorer {
  readonly name: string;
  /** What it is made for. */
  readonly tables: readonly PairTable[];
  /** One score a pair, in their order; the higher the more alike. */
  score(pairs: readonly LabelledPair[]): Promise<readonly number[]>;
}
