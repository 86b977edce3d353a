import { doubleMetaphone } from 'double-metaphone';
import type { Identity } from '@entente/matching';
import { pairTables } from '../read-pairs.ts';
import type { Searcher } from '../searcher.ts';
import type { PairScorer } from '../scorer.ts';
import { firstOf } from './jaro-winkler.ts';
import { latinTokens } from './latin-tokens.ts';

const name = 'Double Metaphone';

/** The share of keys that the transliterated names have in common, weighed by their rarity in the table. */
export const doubleMetaphoneScorer: PairScorer = {
  name,
  tables: pairTables,
  async score(pairs) {
    const names = pairs.flatMap(({ left, right }) => [keysOf(left), keysOf(right)]);
    const rarity = rarityIn(names);
    return pairs.map((_, at) => similarity(names[2 * at] ?? new Set(), names[2 * at + 1] ?? new Set(), rarity));
  },
};

/** Those with a key of the query, by the share of keys in common, weighed by their rarity among all that is stored. */
export function doubleMetaphoneSearcher(): Searcher {
  const stored: { readonly id: string; readonly keys: ReadonlySet<string> }[] = [];
  const places = new Map<string, number[]>();
  let rarity: Rarity = () => 1;
  return {
    name,
    async put(more) {
      for (const { id, identity } of more) {
        const keys = keysOf(identity);
        for (const key of keys) places.getOrInsertComputed(key, () => []).push(stored.length);
        stored.push({ id, keys });
      }
    },
    async ready() {
      rarity = rarityIn(stored.map(({ keys }) => keys));
    },
    async search(query) {
      const keys = keysOf(query);
      const found = new Set([...keys].flatMap((key) => places.get(key) ?? []));
      const hits = [...found].flatMap((place) => stored[place] ?? []);
      return firstOf(hits.map((hit) => ({ id: hit.id, score: similarity(keys, hit.keys, rarity) })));
    },
    async close() {},
  };
}

type Rarity = (key: string) => number;

function keysOf(identity: Identity): ReadonlySet<string> {
  return new Set(latinTokens(identity).flatMap((token) => doubleMetaphone(token).filter((key) => key !== '')));
}

function rarityIn(names: readonly ReadonlySet<string>[]): Rarity {
  const often = new Map<string, number>();
  for (const keys of names) for (const key of keys) often.set(key, (often.get(key) ?? 0) + 1);
  return (key) => Math.log((names.length + 1) / (often.get(key) ?? 1));
}

function similarity(left: ReadonlySet<string>, right: ReadonlySet<string>, rarity: Rarity): number {
  const weigh = (keys: ReadonlySet<string>): number => [...keys].reduce((sum, key) => sum + rarity(key), 0);
  const all = weigh(left.union(right));
  return all === 0 ? 0 : weigh(left.intersection(right)) / all;
}
