import type { QueryWord } from './query-words.ts';

/** A word of one name of the query, and which of the name's words it stands for: two bits where two were read as one. */
export type QueryPart = { readonly word: QueryWord; readonly bits: number };

/** One name of a query, ready to be looked up. */
export type NameQuery = {
  readonly parts: readonly QueryPart[];
  /** What a set of matched words would tell, in nats, by its bits. */
  readonly weights: Float64Array;
};

/** Words beyond these are compared but not looked up. */
export const MOST_WORDS = 8;
/** Each word, and each two neighbours as one. */
export const MOST_PARTS = 16;

/** `rarity` of each single word, in nats, in the order of the bits. */
export function weightsOf(rarities: readonly number[]): Float64Array {
  const weights = new Float64Array(1 << rarities.length);
  for (let bits = 1; bits < weights.length; bits++) {
    const lowest = 31 - Math.clz32(bits & -bits);
    weights[bits] = (weights[bits & (bits - 1)] ?? 0) + (rarities[lowest] ?? 0);
  }
  return weights;
}
