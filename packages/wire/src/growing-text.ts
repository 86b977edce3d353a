const encoder = new TextEncoder();
const firstRoom = 64 * 1024;

/** UTF-8 written piece after piece into one buffer that doubles as it fills: no buffer a piece, and none copied at the end. */
export class GrowingText {
  #bytes = new Uint8Array(firstRoom);
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  add(text: string): void {
    this.#makeRoom(text.length);
    let put = encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    if (put.read < text.length) {
      // Not ASCII alone: a unit of UTF-16 takes at most three bytes.
      this.#makeRoom(text.length * 3);
      put = encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    }
    this.#length += put.written;
  }

  /** What was written, without a copy: nothing is to be added after. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #makeRoom(wanted: number): void {
    let size = this.#bytes.length;
    while (size < this.#length + wanted) size *= 2;
    if (size === this.#bytes.length) return;
    const larger = new Uint8Array(size);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
