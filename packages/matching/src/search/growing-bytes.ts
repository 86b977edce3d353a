/** Bytes that grow by half as they are appended to; offsets stay valid. */
export class GrowingBytes {
  length = 0;
  #bytes: Uint8Array;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Appends and answers where the appended bytes begin. */
  append(bytes: Uint8Array): number {
    const start = this.length;
    if (start + bytes.length > this.#bytes.length) this.#grow(start + bytes.length);
    this.#bytes.set(bytes, start);
    this.length = start + bytes.length;
    return start;
  }

  /** All bytes with room behind them, shared, not copied; stale after the next append. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  #grow(needed: number): void {
    const wider = new Uint8Array(Math.max(needed, Math.ceil(this.#bytes.length * 1.5)));
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}
