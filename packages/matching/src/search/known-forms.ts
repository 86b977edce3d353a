import { prepareToken } from '../score/prepared-name.ts';
import type { PreparedToken } from '../score/prepared-name.ts';
import type { RarityOf } from '../spelling/rarity.ts';
import { BoundedMap } from './bounded-map.ts';
import { fileKeys } from './name-keys.ts';
import { placeOf } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The words that queries have lately met, ready to be compared; to be dropped when counts change, since rarity does. */
export class KnownForms {
  readonly #vocabulary: Vocabulary;
  readonly #tokens = new BoundedMap<number, PreparedToken>(MOST_KNOWN);
  /** Rarity by the index's own counts: −ln of the share of its name parts that stand in the word's class, in nats. */
  readonly rarityOf: RarityOf;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.rarityOf = (token) =>
      Math.min(...fileKeys(token).map((key) => this.rarityOfClass(vocabulary.classNamed(key))));
  }

  rarityOfClass(spellingClass: number | undefined): number {
    const bearers = spellingClass === undefined ? 0 : this.#vocabulary.bearers(spellingClass);
    return Math.log((this.#vocabulary.totalBearers + 1) / (bearers + 1));
  }

  /** Of the commoner of its two readings. */
  rarityOfForm(form: number): number {
    return Math.min(
      this.rarityOfClass(this.#vocabulary.classOf(form)),
      this.rarityOfClass(this.#vocabulary.otherClassOf(form)),
    );
  }

  /** A word as it stands in a record: the number of its form times four, plus where it stood. */
  tokenOfWord(word: number): PreparedToken {
    const known = this.#tokens.get(word);
    if (known !== undefined) return known;
    const token = (word & PLACE) === 0 ? this.#prepare(word) : placed(this.tokenOfWord(word & ~PLACE), word);
    this.#tokens.add(word, token);
    return token;
  }

  #prepare(word: number): PreparedToken {
    const rarity = this.rarityOfForm(word >>> 2);
    return prepareToken(this.#vocabulary.token(word), () => rarity);
  }
}

/** What the two lowest bits of a word say. */
const PLACE = 3;
/** Some three hundred bytes each: those of one form share what its letters tell. */
const MOST_KNOWN = 131_072;

function placed(token: PreparedToken, word: number): PreparedToken {
  return { ...token, ...placeOf(word) };
}
