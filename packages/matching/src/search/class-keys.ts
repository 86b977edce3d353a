import { mixPair } from './mix-hash.ts';
import type { RecordReader } from './record.ts';
import type { Vocabulary } from './vocabulary.ts';

export function singleKey(spellingClass: number): number {
  return mixPair(spellingClass, 0x51ed270b);
}

/** The same for either order. */
export function pairKey(left: number, right: number): number {
  return left < right ? mixPair(left, right) : mixPair(right, left);
}

/** What of its rarity a word tells that is as far as a near word may be. */
const TOLD_AFAR = 0.1;

/** What agreement in a class tells when its closest form is so close: rarity, less for distance. In nats. */
export function toldBy(rarity: number, closeness: number): number {
  const close = Math.min(1, Math.max(0, closeness));
  return rarity * (TOLD_AFAR + (1 - TOLD_AFAR) * close * Math.sqrt(close));
}

/** The spelling classes of an identity's names, both readings of every word. */
export class ClassesOfRecord {
  /** Classes of all names; those of name `n` are from `ends[n - 1]` to `ends[n]`. */
  readonly classes: Uint32Array = new Uint32Array(MAX_NAMES * MOST_CLASSES);
  /** Of each class which word of its name it reads: a word is not paired with itself. */
  readonly wordOf: Uint8Array = new Uint8Array(MAX_NAMES * MOST_CLASSES);
  /** Of each class whether two words of its name read as it: `Bol Bol`. */
  readonly isTwice: Uint8Array = new Uint8Array(MAX_NAMES * MOST_CLASSES);
  readonly ends: Uint32Array = new Uint32Array(MAX_NAMES);
  readonly #vocabulary: Vocabulary;
  readonly #words = new Uint32Array(256);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** Reads the opened record and answers how many names it has. */
  read(record: RecordReader): number {
    record.skipBirths();
    const names = record.nameCount();
    let end = 0;
    for (let name = 0; name < names; name++) {
      const start = end;
      const count = record.readWords(this.#words);
      for (let index = 0; index < count; index++) {
        const form = (this.#words[index] ?? 0) >>> 2;
        const first = this.#vocabulary.classOf(form);
        const other = this.#vocabulary.otherClassOf(form);
        end = this.#add(first, index, start, end);
        if (other !== first) end = this.#add(other, index, start, end);
      }
      this.ends[name] = end;
    }
    return names;
  }

  /** Once in its name. */
  #add(spellingClass: number, word: number, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      if (this.classes[at] !== spellingClass) continue;
      if (this.wordOf[at] !== word) this.isTwice[at] = 1;
      return end;
    }
    this.isTwice[end] = 0;
    this.classes[end] = spellingClass;
    this.wordOf[end] = word;
    return end + 1;
  }
}

/** Names of one identity; a name is read to at most twelve words. */
export const MAX_NAMES = 32;
const MOST_CLASSES = 24;
