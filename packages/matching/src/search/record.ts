import type { BirthDate } from '../dates/birth-date.ts';
import { packBirth, unpackBirth } from './packed-birth.ts';

/*
 * One identity in the index's bytes:
 *   flags u8 · key length u8 · key UTF-8 · births u8, each packed u32 · names u8, each words u8 and
 *   each word as LEB128 · details u16 and UTF-8 JSON when flagged
 */
export type IdentityRecord = {
  readonly key: Uint8Array;
  readonly births: readonly BirthDate[];
  /** Each name as words: the number of its form, times four, plus where it stood (`wordOf`). */
  readonly names: readonly (readonly number[])[];
  /** JSON of what is compared but not searched; empty for most. */
  readonly details: Uint8Array;
};

export const REMOVED = 1;
const HAS_DETAILS = 2;

export function writeRecord({ key, births, names, details }: IdentityRecord): Uint8Array {
  const bytes: number[] = [details.length > 0 ? HAS_DETAILS : 0, key.length, ...key, births.length];
  for (const birth of births) {
    const packed = packBirth(birth);
    bytes.push(packed >>> 24, (packed >>> 16) & 255, (packed >>> 8) & 255, packed & 255);
  }
  bytes.push(names.length);
  for (const words of names) {
    bytes.push(words.length);
    for (const word of words) pushVarint(bytes, word);
  }
  if (details.length > 0) bytes.push(details.length >>> 8, details.length & 255, ...details);
  return Uint8Array.from(bytes);
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
}

/** Walks one record after another without making an object of it; the index reads thousands a query. */
export class RecordReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #start = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get removed(): boolean {
    return ((this.#bytes[this.#start] ?? 0) & REMOVED) !== 0;
  }

  /** Goes to the record at `offset`. */
  open(offset: number): void {
    this.#start = offset;
    this.#at = offset + 2 + (this.#bytes[offset + 1] ?? 0);
  }

  key(): Uint8Array {
    return this.#bytes.subarray(this.#start + 2, this.#start + 2 + (this.#bytes[this.#start + 1] ?? 0));
  }

  /** Births first, then `nameCount`, then each name's words: the order they are written in. */
  births(): BirthDate[] {
    const births: BirthDate[] = [];
    for (let left = this.#byte(); left > 0; left--) {
      births.push(
        unpackBirth(((this.#byte() << 24) | (this.#byte() << 16) | (this.#byte() << 8) | this.#byte()) >>> 0),
      );
    }
    return births;
  }

  skipBirths(): void {
    const count = this.#byte();
    this.#at += count * 4;
  }

  nameCount(): number {
    return this.#byte();
  }

  /** Reads the next name's words into `words` and answers how many. */
  readWords(words: Uint32Array): number {
    const count = this.#byte();
    for (let index = 0; index < count; index++) words[index] = this.#varint();
    return count;
  }

  get hasDetails(): boolean {
    return ((this.#bytes[this.#start] ?? 0) & HAS_DETAILS) !== 0;
  }

  /** Follows the last name. */
  details(): Uint8Array {
    if (!this.hasDetails) return new Uint8Array();
    const length = (this.#byte() << 8) | this.#byte();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Goes to the end of the opened record, and answers its details on the way. */
  skip(): Uint8Array {
    this.skipBirths();
    for (let names = this.nameCount(); names > 0; names--) {
      for (let words = this.#byte(); words > 0; words--) this.#varint();
    }
    return this.details();
  }

  /** Where the record that was read to its end stops. */
  get end(): number {
    return this.#at;
  }

  #byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}

/** Each record that was not removed, as its bytes. */
export function* recordsIn(records: Uint8Array): Generator<Uint8Array> {
  const reader = new RecordReader(records);
  for (let offset = 0; offset < records.length; offset = reader.end) {
    reader.open(offset);
    reader.skip();
    if (!reader.removed) yield records.subarray(offset, reader.end);
  }
}
