/** What was written at an index of a channel, in the order of the channel. Only ever grows at its end. */
export interface Written<Value> {
  readonly at: number;
  readonly value: Value;
}

/** A register with one writer: its values by the position that wrote them. */
export class Timeline<Value> {
  readonly #written: Written<Value>[] = [];

  /** @param at the index of the entry that writes, not below those before it */
  write(at: number, value: Value): void {
    this.#written.push({ at, value });
  }

  /** The value in force before an index. Nearly always the last one written: looked at first, then by halving. */
  before(limit: number): Value | undefined {
    return this.#written[this.countBefore(limit) - 1]?.value;
  }

  /** All that was written before an index, in order. */
  allBefore(limit: number): readonly Written<Value>[] {
    return this.#written.slice(0, this.countBefore(limit));
  }

  countBefore(limit: number): number {
    let high = this.#written.length;
    if (high === 0 || this.#at(high - 1) < limit) return high;
    let low = 0;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#at(middle) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #at(index: number): number {
    return this.#written[index]?.at ?? Infinity;
  }
}
