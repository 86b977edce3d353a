import type { NamePart } from '../names/parts.ts';
import { tokenOf } from '../names/token.ts';
import type { NameToken } from '../names/token.ts';
import { ClassNeighbours } from './class-neighbours.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { fileKeys } from './name-keys.ts';

/**
 * Every distinct word of the names in the index (a *form*), its class of spelling and how many identities bear either.
 * Search begins here and not at identities: ten million of them share some seven hundred thousand forms.
 */
export class Vocabulary {
  readonly #forms = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #classOfForm = new GrowingNumbers();
  readonly #otherClassOfForm = new GrowingNumbers();
  readonly #classes = new Map<string, number>();
  readonly #formsOfClass: number[][] = [];
  readonly #bearers = new GrowingNumbers();
  #totalBearers = 0;
  readonly #neighbours = new ClassNeighbours();

  /** A vocabulary as it was kept. */
  static of(texts: readonly string[], bearers: Uint32Array): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const text of texts) vocabulary.#add(text, readFormText(text));
    for (const [spellingClass, count] of bearers.entries()) vocabulary.addBearers(spellingClass, count);
    return vocabulary;
  }

  get totalBearers(): number {
    return this.#totalBearers;
  }

  get formCount(): number {
    return this.#texts.length;
  }

  get classCount(): number {
    return this.#formsOfClass.length;
  }

  /** A token as a number: its form's, given one if it is new, times four, plus where it stands in its name. */
  wordOf({ key, script, kind, family, linked }: NameToken): number {
    const text = formText(key, kind);
    const form = this.#forms.get(text) ?? this.#add(text, { letters: key, script, kind });
    return form * 4 + (family ? FAMILY : 0) + (linked ? LINKED : 0);
  }

  /** Whether anybody's name has exactly this word. */
  has({ key, kind }: Pick<NameToken, 'key' | 'kind'>): boolean {
    return this.#forms.has(formText(key, kind));
  }

  /** The inverse of `wordOf`. */
  token(word: number): NameToken {
    const form = readFormText(this.#texts[word >>> 2] ?? '');
    return tokenOf({ ...form, ...placeOf(word) });
  }

  /** The class of a form's first reading. */
  classOf(form: number): number {
    return this.#classOfForm.at(form);
  }

  /** The class of its other reading, the same where it has none. */
  otherClassOf(form: number): number {
    return this.#otherClassOfForm.at(form);
  }

  /** The eldest forms of a class: whoever adds a thousand spellings later does not crowd them out. */
  formsOf(spellingClass: number): readonly number[] {
    return this.#formsOfClass[spellingClass] ?? [];
  }

  /** The class filed under exactly this skeleton. */
  classNamed(skeleton: string): number | undefined {
    return this.#classes.get(skeleton);
  }

  near(skeleton: string): ReadonlySet<number> {
    return this.#neighbours.near(skeleton);
  }

  /** How many identities have a name with a form of this class. */
  bearers(spellingClass: number): number {
    return this.#bearers.at(spellingClass);
  }

  addBearers(spellingClass: number, change: number): void {
    this.#bearers.set(spellingClass, this.#bearers.at(spellingClass) + change);
    this.#totalBearers += change;
  }

  /** Every form's text in the order of their numbers: with the bearers, all that has to be kept to build the same vocabulary. */
  texts(): readonly string[] {
    return this.#texts;
  }

  /** By class, in the order of their numbers. */
  bearersOfAll(): Uint32Array {
    return this.#bearers.filled();
  }

  #add(text: string, read: Form): number {
    const form = this.#texts.length;
    this.#forms.set(text, form);
    this.#texts.push(text);
    const classes = fileKeys(tokenOf({ ...read, family: false, linked: false })).map((key) => this.#classFor(key));
    this.#classOfForm.push(classes[0] ?? 0);
    this.#otherClassOfForm.push(classes[1] ?? classes[0] ?? 0);
    for (const spellingClass of classes) {
      const forms = this.#formsOfClass[spellingClass];
      if (forms !== undefined && forms.length < MOST_KEPT) forms.push(form);
    }
    return form;
  }

  #classFor(skeleton: string): number {
    const known = this.#classes.get(skeleton);
    if (known !== undefined) return known;
    const spellingClass = this.#formsOfClass.length;
    this.#classes.set(skeleton, spellingClass);
    this.#formsOfClass.push([]);
    this.#bearers.push(0);
    this.#neighbours.add(skeleton, spellingClass);
    return spellingClass;
  }
}

type Form = Pick<NamePart, 'letters' | 'script' | 'kind'>;

/** Forms of a class that a query may be held against to judge the class. */
const MOST_KEPT = 12;

const FAMILY = 2;
const LINKED = 1;

/** What the two lowest bits of a word say of its place in its name. */
export function placeOf(word: number): Pick<NameToken, 'family' | 'linked'> {
  return { family: (word & FAMILY) !== 0, linked: (word & LINKED) !== 0 };
}

const KINDS: Readonly<Record<string, NameToken['kind']>> = { '~': 'style', '.': 'initial' };

function formText(key: string, kind: NameToken['kind']): string {
  return kind === 'style' ? `~${key}` : kind === 'initial' ? `.${key}` : key;
}

function readFormText(text: string): Form {
  const kind = KINDS[text[0] ?? ''] ?? 'name';
  const letters = kind === 'name' ? text : text.slice(1);
  return { letters, script: /^[a-z]/.test(letters) ? 'latin' : 'arabic', kind };
}
