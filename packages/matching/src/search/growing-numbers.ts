/** A list of unsigned 32-bit numbers that doubles as it grows: a plain array of ten million costs twice the memory. */
export class GrowingNumbers {
  length = 0;
  #numbers: Uint32Array = new Uint32Array(64);

  push(value: number): void {
    if (this.length === this.#numbers.length) this.#grow();
    this.#numbers[this.length++] = value;
  }

  at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value;
  }

  /** The filled part, shared, not copied. */
  filled(): Uint32Array {
    return this.#numbers.subarray(0, this.length);
  }

  #grow(): void {
    const wider = new Uint32Array(Math.ceil(this.#numbers.length * 1.5));
    wider.set(this.#numbers);
    this.#numbers = wider;
  }
}
