/** Keeps what was set last, at most so much: beyond that the eldest goes, whatever was asked for since. */
export class BoundedMap<Key, Value> {
  readonly #most: number;
  readonly #kept = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    return this.#kept.get(key);
  }

  /** For a key that is not kept. */
  add(key: Key, value: Value): void {
    if (this.#kept.size >= this.#most) {
      for (const eldest of this.#kept.keys()) {
        this.#kept.delete(eldest);
        break;
      }
    }
    this.#kept.set(key, value);
  }
}
