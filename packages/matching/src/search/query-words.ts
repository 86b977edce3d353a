import type { NameToken } from '../names/token.ts';
import { tokenOf } from '../names/token.ts';
import { prepareToken } from '../score/prepared-name.ts';
import type { PreparedToken } from '../score/prepared-name.ts';
import { tokenEvidence, tokenMatch } from '../spelling/token-evidence.ts';
import type { KnownForms } from './known-forms.ts';
import { lookupKeys, SERVANT_MARK } from './name-keys.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A class of spellings that a word of the query may stand in, and how close its closest known form is, at most 1. */
export type NearClass = { readonly spellingClass: number; readonly closeness: number };

/** A word of a query with what the vocabulary has that sounds like it. Kept between queries: most people share given names. */
export class QueryWord {
  readonly token: PreparedToken;
  /** Closest first. */
  readonly classes: readonly NearClass[];
  readonly #measured = new Map<number, number>();
  readonly #closest: Record<NameToken['script'], number> = { latin: 0, arabic: 0 };
  readonly #isJoined: boolean;
  readonly #vocabulary: Vocabulary;
  readonly #known: KnownForms;

  /** @param isJoined the token is two words read as one: a guess, so that only what is close is near */
  constructor(token: NameToken, vocabulary: Vocabulary, known: KnownForms, isJoined: boolean) {
    this.#isJoined = isJoined;
    this.token = prepareToken(token, known.rarityOf);
    this.#known = known;
    this.#vocabulary = vocabulary;
    this.classes = this.#nearClasses();
    this.#forgetFar();
  }

  /**
   * How close a form of a near class is, at most 1. Measured against the closest form of its script: the usual Arabic
   * spelling of a Latin word is as good as the same word, though fewer letters say so.
   */
  closeness(form: number): number {
    const measured = this.#measure(form);
    return Math.min(1, measured / Math.max(LEAST_CLOSEST, this.#closest[this.#known.tokenOfWord(form * 4).script]));
  }

  #nearClasses(): NearClass[] {
    const keys = lookupKeys(this.token);
    const same = new Set(keys.map((key) => this.#vocabulary.classNamed(key)));
    const found = new Map<number, number>();
    const take = (spellingClass: number): void => {
      if (!found.has(spellingClass)) found.set(spellingClass, this.#closestOf(spellingClass, same.has(spellingClass)));
    };
    for (const key of keys) {
      for (const spellingClass of this.#vocabulary.near(key)) take(spellingClass);
      const otherwise = this.#vocabulary.classNamed(otherMark(key));
      if (otherwise !== undefined) take(otherwise);
    }
    return [...found]
      .flatMap(([spellingClass, closeness]) =>
        closeness > (this.#isJoined ? FARTHEST_JOINED : FARTHEST) ? [{ spellingClass, closeness }] : [],
      )
      .toSorted((a, b) => b.closeness - a.closeness)
      .slice(0, MOST_CLASSES);
  }

  /** What was measured of classes that are not near is not asked for again. */
  #forgetFar(): void {
    const near = new Set(this.classes.map(({ spellingClass }) => spellingClass));
    for (const form of this.#measured.keys()) {
      if (!near.has(this.#vocabulary.classOf(form)) && !near.has(this.#vocabulary.otherClassOf(form)))
        this.#measured.delete(form);
    }
  }

  #closestOf(spellingClass: number, sameConsonants: boolean): number {
    const forms = this.#vocabulary.formsOf(spellingClass);
    const most = Math.min(forms.length, sameConsonants ? MOST_FORMS : FEW_FORMS);
    let closest = sameConsonants && !this.#isJoined ? SAME_CONSONANTS : FARTHEST;
    for (let at = 0; at < most; at++) {
      const measured = this.#measure(forms[at] ?? 0);
      if (!sameConsonants && measured < HOPELESS) break;
      closest = Math.max(closest, measured);
    }
    return closest;
  }

  #measure(form: number): number {
    const known = this.#measured.get(form);
    if (known !== undefined) return known;
    const token = this.#known.tokenOfWord(form * 4);
    tokenEvidence(this.token, token);
    const measured = Math.min(tokenMatch.share, 1);
    if (measured > this.#closest[token.script]) this.#closest[token.script] = measured;
    if (this.#measured.size < MOST_MEASURED) this.#measured.set(form, measured);
    return measured;
  }
}

/** Two neighbours in the same script read as one word, as `Hadj Ali` is also written `Hadjali`. */
export function joinTokens(left: NameToken, right: NameToken): NameToken | undefined {
  if (left.script !== right.script || left.kind === 'initial' || right.kind === 'initial') return undefined;
  const letters = left.key + right.key;
  return tokenOf({ letters, script: left.script, kind: 'name', family: right.family, linked: left.linked });
}

function otherMark(key: string): string {
  return key.startsWith(SERVANT_MARK) ? key.slice(SERVANT_MARK.length) : SERVANT_MARK + key;
}

/** Forms that a class is judged by: more where its consonants are those of the word. */
const MOST_FORMS = 12;
const FEW_FORMS = 3;
const MOST_CLASSES = 24;
const MOST_MEASURED = 1024;
/** Below this share of what equal spellings tell, a class is another name. */
const FARTHEST = 0.15;
const FARTHEST_JOINED = 0.5;
/** Forms of a class differ in their vowels: where the first is as far as this, so are the others. */
const HOPELESS = -0.1;
/** The same consonants are worth a look, however far the vowels. */
const SAME_CONSONANTS = 0.4;
/** A word whose closest form in a script is farther than this has none there. */
const LEAST_CLOSEST = 0.5;
