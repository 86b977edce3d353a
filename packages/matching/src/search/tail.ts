import { GrowingBytes } from './growing-bytes.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { KeyTable } from './key-table.ts';
import { SearchRefusal } from './search-refusal.ts';

/** Offsets into the records of one segment are 32 bits. */
const MOST_BYTES = 2 ** 32 - 2;

/** The records put last, not yet filed under names: few enough that a query reads them all. */
export class Tail {
  readonly #records = new GrowingBytes();
  readonly #offsets = new GrowingNumbers();
  readonly #keys = new KeyTable();

  get count(): number {
    return this.#offsets.length;
  }

  get records(): Uint8Array {
    return this.#records.bytes;
  }

  get keys(): KeyTable {
    return this.#keys;
  }

  offsets(): Uint32Array {
    return this.#offsets.filled();
  }

  /** Refuses a record that would not fit. */
  checkRoom(record: Uint8Array): void {
    if (this.#records.length + record.length > MOST_BYTES) throw new SearchRefusal('index-full');
  }

  add(record: Uint8Array): void {
    const offset = this.#records.append(record);
    this.#offsets.push(offset);
    this.#keys.point(offset, this.#records.bytes);
  }

  /** The records without the room kept behind them. */
  filledRecords(): Uint8Array {
    return this.#records.bytes.subarray(0, this.#records.length);
  }
}
