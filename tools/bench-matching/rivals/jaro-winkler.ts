import { jaroWinkler } from '@skyra/jaro-winkler';
import type { Hit } from '../rank.ts';
import { pairTables } from '../read-pairs.ts';
import { proposals, type Searcher } from '../searcher.ts';
import type { PairScorer } from '../scorer.ts';
import { sortedText } from './latin-tokens.ts';

const name = 'Jaro–Winkler';

/** Of the transliterated names alone, their tokens sorted. */
export const jaroWinklerScorer: PairScorer = {
  name,
  tables: pairTables,
  score: async (pairs) => pairs.map(({ left, right }) => jaroWinkler(sortedText(left), sortedText(right))),
};

/** Compares the query with every stored name. */
export function jaroWinklerSearcher(): Searcher {
  const stored: { readonly id: string; readonly text: string }[] = [];
  return {
    name,
    async put(more) {
      for (const { id, identity } of more) stored.push({ id, text: sortedText(identity) });
    },
    async ready() {},
    async search(query) {
      const text = sortedText(query);
      return firstOf(stored.map((one) => ({ id: one.id, score: jaroWinkler(text, one.text) })));
    },
    async close() {},
  };
}

/** The best ones, and with them all that score as much as the last of these. */
export function firstOf(hits: readonly Hit[]): readonly Hit[] {
  const sorted = hits.toSorted((one, other) => other.score - one.score);
  const last = sorted[proposals - 1]?.score ?? Number.NEGATIVE_INFINITY;
  return sorted.slice(0, sorted.findLastIndex(({ score }) => score >= last) + 1);
}
