import { hashBytes } from './mix-hash.ts';

/** Finds the record of a key: open addressing over offsets into the records, 4 bytes a slot; the key itself stands in the record. */
export class KeyTable {
  #slots: Uint32Array;
  #filled = 0;

  constructor(slots: Uint32Array = new Uint32Array(64)) {
    this.#slots = slots;
    for (const slot of slots) if (slot !== 0) this.#filled++;
  }

  /** The table of all records that begin at `offsets`. */
  static of(offsets: Uint32Array, records: Uint8Array): KeyTable {
    const table = new KeyTable();
    for (const offset of offsets) table.point(offset, records);
    return table;
  }

  get slots(): Uint32Array {
    return this.#slots;
  }

  /** The record's offset, or undefined. */
  find(key: Uint8Array, records: Uint8Array): number | undefined {
    const entry = this.#slots[this.#slotOf(key, records)] ?? 0;
    return entry === 0 ? undefined : entry - 1;
  }

  /** Makes the key of the record at `offset` lead there, also when it led elsewhere. */
  point(offset: number, records: Uint8Array): void {
    if ((this.#filled + 1) * 4 > this.#slots.length * 3) this.#widen(records);
    const slot = this.#slotOf(keyAt(records, offset), records);
    if (this.#slots[slot] === 0) this.#filled++;
    this.#slots[slot] = offset + 1;
  }

  #slotOf(key: Uint8Array, records: Uint8Array): number {
    const mask = this.#slots.length - 1;
    let slot = hashBytes(key, 0, key.length) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || hasKey(records, entry - 1, key)) return slot;
    }
  }

  #widen(records: Uint8Array): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#filled = 0;
    for (const entry of old) if (entry !== 0) this.point(entry - 1, records);
  }
}

function keyAt(records: Uint8Array, offset: number): Uint8Array {
  return records.subarray(offset + 2, offset + 2 + (records[offset + 1] ?? 0));
}

function hasKey(records: Uint8Array, offset: number, key: Uint8Array): boolean {
  if (records[offset + 1] !== key.length) return false;
  for (let at = 0; at < key.length; at++) if (records[offset + 2 + at] !== key[at]) return false;
  return true;
}
