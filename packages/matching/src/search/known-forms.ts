import { prepareToken } from '../score/prepared-name.ts';
import type { PreparedToken } from '../score/prepared-name.ts';
import type { RarityOf } from '../spelling/rarity.ts';
import { fileKeys } from './name-keys.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The words that queries have lately met, ready to be compared; to be dropped when counts change, since rarity does. */
export class KnownForms {
  readonly #vocabulary: Vocabulary;
  readonly #tokens = new Map<number, PreparedToken>();
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
    const rarity = this.rarityOfForm(word >>> 2);
    const token = prepareToken(this.#vocabulary.token(word), () => rarity);
    if (this.#tokens.size >= MOST_KNOWN) this.#tokens.clear();
    this.#tokens.set(word, token);
    return token;
  }
}

/** About half a kilobyte each. */
const MOST_KNOWN = 65_536;
