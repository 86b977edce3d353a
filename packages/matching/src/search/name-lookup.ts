import type { Identity } from '../identity.ts';
import { readName } from '../names/reading.ts';
import type { NameToken } from '../names/token.ts';
import { BoundedMap } from './bounded-map.ts';
import type { KnownForms } from './known-forms.ts';
import { MOST_WORDS, weightsOf } from './name-query.ts';
import type { NameQuery, QueryPart } from './name-query.ts';
import { joinTokens, QueryWord } from './query-words.ts';
import { splitWords } from './split-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Aliases of a query that are looked up; the rest is still compared with whoever is found. */
const MOST_QUERY_NAMES = 4;
/** Some four kilobytes each. */
const MOST_KEPT_WORDS = 4096;

/** Makes the names of a query ready, keeping the words of the last ones. To be dropped when the vocabulary changes. */
export class NameLookup {
  readonly #vocabulary: Vocabulary;
  readonly #known: KnownForms;
  readonly #words = new BoundedMap<string, QueryWord>(MOST_KEPT_WORDS);

  constructor(vocabulary: Vocabulary, known: KnownForms) {
    this.#vocabulary = vocabulary;
    this.#known = known;
  }

  /** Each name, and once more where words of it may be two. Names that cannot be read are left out. */
  nameQueries(identity: Identity): NameQuery[] {
    const readings = identity.names.slice(0, MOST_QUERY_NAMES).flatMap((written) => {
      const reading = readName(written);
      if (reading.kind === 'refused') return [];
      const split = splitWords(reading.tokens, this.#vocabulary);
      return [reading.tokens, ...(split === undefined ? [] : [split])];
    });
    return readings.map((tokens) => this.#nameQuery(tokens.slice(0, MOST_WORDS)));
  }

  #nameQuery(tokens: readonly NameToken[]): NameQuery {
    const single = tokens.map((token, at): QueryPart => ({ word: this.#word(token, false), bits: 1 << at }));
    const joined = tokens.flatMap((token, at): QueryPart[] => {
      const next = tokens[at + 1];
      const both = next === undefined ? undefined : joinTokens(token, next);
      return both === undefined ? [] : [{ word: this.#word(both, true), bits: 3 << at }];
    });
    const known = joined.filter(({ word }) => word.classes.length > 0);
    return { parts: [...single, ...known], weights: weightsOf(single.map(({ word }) => word.token.rarity)) };
  }

  #word(token: NameToken, isJoined: boolean): QueryWord {
    const key = `${isJoined ? 'joined' : token.kind} ${token.key}`;
    const kept = this.#words.get(key);
    if (kept !== undefined) return kept;
    const word = new QueryWord(token, this.#vocabulary, this.#known, isJoined);
    this.#words.add(key, word);
    return word;
  }
}
