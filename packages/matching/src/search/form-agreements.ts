import { toldBy } from './class-keys.ts';
import type { KnownForms } from './known-forms.ts';
import { MOST_PARTS } from './name-query.ts';
import type { NameQuery } from './name-query.ts';
import type { Vocabulary } from './vocabulary.ts';

const UNKNOWN = 0;
const NONE = 1;

/**
 * What each form of the vocabulary would tell for each part of one name of a query, worked out once a form: thousands of
 * records are judged by looking their words up here.
 */
export class FormAgreements {
  /** Of form times four: told per part, from `slot * MOST_PARTS`. */
  told: Float32Array = new Float32Array(256 * MOST_PARTS);
  readonly #vocabulary: Vocabulary;
  #slots: Uint32Array = new Uint32Array(0);
  readonly #met: number[] = [];
  /** Of each class the parts it is near to, as bits. */
  #nearParts: Uint16Array = new Uint16Array(0);
  #filled = NONE;
  #name: NameQuery | undefined;
  #known: KnownForms;

  constructor(vocabulary: Vocabulary, known: KnownForms) {
    this.#vocabulary = vocabulary;
    this.#known = known;
  }

  /** Forgets the last name and takes the next. */
  begin(name: NameQuery, known: KnownForms): void {
    for (const form of this.#met) this.#slots[form] = UNKNOWN;
    this.#met.length = 0;
    this.#filled = NONE;
    this.#markNear(this.#name, () => 0);
    this.#name = name;
    this.#known = known;
    if (this.#nearParts.length < this.#vocabulary.classCount)
      this.#nearParts = new Uint16Array(Math.ceil(this.#vocabulary.classCount * 1.25));
    this.#markNear(name, (before, part) => before | (1 << part));
    if (this.#slots.length < this.#vocabulary.formCount)
      this.#slots = new Uint32Array(Math.ceil(this.#vocabulary.formCount * 1.25));
  }

  /** Where in `told` the form's agreements begin; zero where it agrees with nothing. */
  placeOf(form: number): number {
    const slot = this.#slots[form] ?? UNKNOWN;
    if (slot === NONE) return 0;
    return (slot === UNKNOWN ? this.#workOut(form) : slot - NONE) * MOST_PARTS;
  }

  #markNear(name: NameQuery | undefined, mark: (before: number, part: number) => number): void {
    for (const [part, { word }] of (name?.parts ?? []).entries()) {
      for (const { spellingClass } of word.classes)
        this.#nearParts[spellingClass] = mark(this.#nearParts[spellingClass] ?? 0, part);
    }
  }

  #workOut(form: number): number {
    this.#met.push(form);
    const near =
      (this.#nearParts[this.#vocabulary.classOf(form)] ?? 0) |
      (this.#nearParts[this.#vocabulary.otherClassOf(form)] ?? 0);
    if (near === 0) {
      this.#slots[form] = NONE;
      return 0;
    }
    const parts = this.#name?.parts ?? [];
    const rarity = this.#known.rarityOfForm(form);
    const slot = this.#filled + 1;
    if ((slot - NONE + 1) * MOST_PARTS > this.told.length) this.#widen();
    for (let at = 0; at < parts.length; at++) {
      const word = (near & (1 << at)) === 0 ? undefined : parts[at]?.word;
      this.told[(slot - NONE) * MOST_PARTS + at] = word === undefined ? 0 : toldBy(rarity, word.closeness(form));
    }
    this.#slots[form] = slot;
    this.#filled = slot;
    return slot - NONE;
  }

  #widen(): void {
    const wider = new Float32Array(this.told.length * 2);
    wider.set(this.told);
    this.told = wider;
  }
}
