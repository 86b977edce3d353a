/** Remembers 64-bit numbers in 16 bytes each or less: open addressing, at most half full. */
export class SeenNumbers {
  #slots = new Uint32Array(1 << 17);
  #count = 0;

  /** @param low @param high its halves; numbers are spread evenly, as hashes are @returns whether it is new */
  add(low: number, high: number): boolean {
    // An empty slot is zero, so zero counts as one.
    const isNew = this.#put(low === 0 && high === 0 ? 1 : low, high);
    if (isNew && this.#count * 4 > this.#slots.length) this.#grow();
    return isNew;
  }

  #put(low: number, high: number): boolean {
    const slots = this.#slots;
    const last = slots.length - 1;
    for (let at = (low << 1) & last; ; at = (at + 2) & last) {
      if (slots[at] === low && slots[at + 1] === high) return false;
      if (slots[at] !== 0 || slots[at + 1] !== 0) continue;
      slots[at] = low;
      slots[at + 1] = high;
      this.#count += 1;
      return true;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    this.#count = 0;
    for (let at = 0; at < before.length; at += 2) {
      const [low = 0, high = 0] = [before[at], before[at + 1]];
      if (low !== 0 || high !== 0) this.#put(low, high);
    }
  }
}
