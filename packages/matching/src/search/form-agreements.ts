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
    this.#name = name;
    this.#known = known;
    if (this.#slots.length < this.#vocabulary.formCount)
      this.#slots = new Uint32Array(Math.ceil(this.#vocabulary.formCount * 1.25));
  }

  /** Where in `told` the form's agreements begin; zero where it agrees with nothing. */
  placeOf(form: number): number {
    const slot = this.#slots[form] ?? UNKNOWN;
    if (slot === NONE) return 0;
    return (slot === UNKNOWN ? this.#workOut(form) : slot - NONE) * MOST_PARTS;
  }

  #workOut(form: number): number {
    const parts = this.#name?.parts ?? [];
    const slot = this.#filled + 1;
    if ((slot - NONE + 1) * MOST_PARTS > this.told.length) this.#widen();
    let any = false;
    for (const [at, { word }] of parts.entries()) {
      const closeness = word.closeness(form);
      const rarity = closeness === undefined ? 0 : this.#known.rarityOfForm(form);
      this.told[(slot - NONE) * MOST_PARTS + at] = closeness === undefined ? 0 : toldBy(rarity, closeness);
      any ||= closeness !== undefined;
    }
    this.#met.push(form);
    this.#slots[form] = any ? slot : NONE;
    if (!any) return 0;
    this.#filled = slot;
    return slot - NONE;
  }

  #widen(): void {
    const wider = new Float32Array(this.told.length * 2);
    wider.set(this.told);
    this.told = wider;
  }
}
