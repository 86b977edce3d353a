import type { Stretch } from './read-lists.ts';

/**
 * Which words of a query each row that was read agrees with, and how much that tells. A small table of what was touched
 * and not a mark on every row: it stays in the processor's cache, and a query costs what it reads and not what is held.
 */
export class RowMarks {
  /** Open addressing: the place of a row, plus one. */
  readonly #slots = new Uint16Array(SLOTS);
  readonly #rows = new Uint32Array(MOST_MARKED);
  readonly #bits = new Uint8Array(MOST_MARKED);
  readonly #levels = new Uint8Array(MOST_MARKED);
  #count = 0;

  /** The touched rows, those of the most telling stretch first. */
  get rows(): Uint32Array {
    return this.#rows.subarray(0, this.#count);
  }

  /** What agreement in words tells of each of `rows`, in steps of a quarter nat, up to 255. */
  get levels(): Uint8Array {
    return this.#levels.subarray(0, this.#count);
  }

  /** Which words of the query each of `rows` agrees with, as bits. */
  get bits(): Uint8Array {
    return this.#bits.subarray(0, this.#count);
  }

  /** Forgets the last rows and reads stretches in their order until `most` rows have been read. */
  read(stretches: readonly Stretch[], most: number): void {
    this.#slots.fill(0);
    this.#count = 0;
    let left = Math.min(most, MOST_MARKED);
    for (const stretch of stretches) {
      const end = Math.min(stretch.to, stretch.from + left);
      this.#markAll(stretch, end);
      left -= end - stretch.from;
      if (left <= 0) break;
    }
  }

  /** A word counts once, at what the first and most telling stretch says of it. */
  #markAll({ rows, from, left, right }: Stretch, end: number): void {
    const ofLeft = Math.round(left.evidence * STEPS_PER_NAT);
    const ofRight = Math.round(right.evidence * STEPS_PER_NAT);
    for (let at = from; at < end; at++) {
      const place = this.#placeOf(rows[at] ?? 0);
      const bits = this.#bits[place] ?? 0;
      let level = this.#levels[place] ?? 0;
      if ((bits & left.bits) === 0) level += ofLeft;
      if ((bits & right.bits) === 0) level += ofRight;
      this.#levels[place] = Math.min(level, 255);
      this.#bits[place] = bits | left.bits | right.bits;
    }
  }

  #placeOf(row: number): number {
    for (let slot = Math.imul(row, 0x9e3779b1) >>> HASH_SHIFT; ; slot = (slot + 1) & (SLOTS - 1)) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return this.#touch(row, slot);
      if (this.#rows[entry - 1] === row) return entry - 1;
    }
  }

  #touch(row: number, slot: number): number {
    const place = this.#count++;
    this.#slots[slot] = place + 1;
    this.#rows[place] = row;
    this.#bits[place] = 0;
    this.#levels[place] = 0;
    return place;
  }
}

const SLOTS = 1 << 16;
const HASH_SHIFT = 16;
/** Half the slots: rows that a query may read of one segment. */
const MOST_MARKED = 1 << 15;

/** Levels are quarters of a nat, so that sixty-four nats fit a byte. */
export const STEPS_PER_NAT = 4;
