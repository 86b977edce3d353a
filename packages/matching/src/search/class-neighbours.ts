import { hashText } from './mix-hash.ts';
import { GrowingNumbers } from './growing-numbers.ts';

/**
 * Finds the spelling classes whose skeleton is one letter off: each is filed under its skeleton and under the skeleton
 * less any one letter (Garbe, SymSpell, 2012), so that a lookup of the same forms meets insertion, loss and exchange.
 * How many classes one lookup can meet is bounded by the sixteen letters of the alphabet, whoever wrote the names.
 */
export class ClassNeighbours {
  #heads: Uint32Array = new Uint32Array(1024);
  readonly #hashes = new GrowingNumbers();
  readonly #classes = new GrowingNumbers();
  readonly #nexts = new GrowingNumbers();

  add(skeleton: string, spellingClass: number): void {
    for (const variant of lessOneLetter(skeleton)) this.#file(hashText(variant), spellingClass);
  }

  /** Numbers of classes that may be near; some by chance of the hash, the caller judges. */
  near(skeleton: string): ReadonlySet<number> {
    const found = new Set<number>();
    for (const variant of lessOneLetter(skeleton)) {
      const hash = hashText(variant);
      for (
        let entry = this.#heads[hash & (this.#heads.length - 1)] ?? 0;
        entry !== 0;
        entry = this.#nexts.at(entry - 1)
      ) {
        if (this.#hashes.at(entry - 1) === hash) found.add(this.#classes.at(entry - 1));
      }
    }
    return found;
  }

  #file(hash: number, spellingClass: number): void {
    if (this.#hashes.length > this.#heads.length) this.#widen();
    const slot = hash & (this.#heads.length - 1);
    this.#hashes.push(hash);
    this.#classes.push(spellingClass);
    this.#nexts.push(this.#heads[slot] ?? 0);
    this.#heads[slot] = this.#hashes.length;
  }

  #widen(): void {
    this.#heads = new Uint32Array(this.#heads.length * 2);
    for (let entry = 0; entry < this.#hashes.length; entry++) {
      const slot = this.#hashes.at(entry) & (this.#heads.length - 1);
      this.#nexts.set(entry, this.#heads[slot] ?? 0);
      this.#heads[slot] = entry + 1;
    }
  }
}

/** In two letters too little is left to be one off: Ali, Laila and Lou would be one. */
const SHORTEST_VARIED = 3;

function lessOneLetter(skeleton: string): ReadonlySet<string> {
  const mark = skeleton.startsWith('abd-') ? 4 : 0;
  const variants = new Set([skeleton]);
  if (skeleton.length - mark < SHORTEST_VARIED) return variants;
  for (let at = mark; at < skeleton.length; at++) variants.add(skeleton.slice(0, at) + skeleton.slice(at + 1));
  return variants;
}
