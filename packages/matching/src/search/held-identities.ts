import type { Identity } from '../identity.ts';
import { buildSegment } from './build-segment.ts';
import { ClassesOfRecord } from './class-keys.ts';
import { fileIdentity, readKey } from './file-identity.ts';
import { mergeSegments } from './merge-segments.ts';
import { RecordReader, REMOVED } from './record.ts';
import { SearchRefusal } from './search-refusal.ts';
import { rowCount } from './segment.ts';
import type { Segment } from './segment.ts';
import { Tail } from './tail.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * What an index holds: segments, each at least twice the next, and a tail of what came last. A put touches the tail only;
 * a full tail becomes a segment, and segments of like size are merged, so that each identity is filed a few times in all.
 */
export class HeldIdentities {
  readonly vocabulary: Vocabulary;
  readonly #most: number;
  readonly #classes: ClassesOfRecord;
  readonly #segments: Segment[];
  #tail = new Tail();
  #size: number;

  /** @param most identities, beyond which a put is refused */
  constructor(most: number, vocabulary: Vocabulary = new Vocabulary(), segments: readonly Segment[] = [], size = 0) {
    this.#most = most;
    this.vocabulary = vocabulary;
    this.#classes = new ClassesOfRecord(vocabulary);
    this.#segments = [...segments];
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get tail(): Tail {
    return this.#tail;
  }

  /** Replaces what the key had. */
  put(key: string, identity: Identity): void {
    const keyBytes = readKey(key);
    if (this.#size >= this.#most && this.#find(keyBytes) === undefined) throw new SearchRefusal('index-full');
    const record = fileIdentity(keyBytes, identity, this.vocabulary);
    this.#tail.checkRoom(record);
    this.#remove(keyBytes);
    this.#tail.add(record);
    this.#count(record, 0, 1);
  }

  /** Whether there was one. */
  remove(key: string): boolean {
    return this.#remove(readKey(key));
  }

  /** Where the key's record is, unless it was removed. */
  find(key: string): Held | undefined {
    return this.#find(readKey(key));
  }

  /** Files the tail under its names. */
  settle(): void {
    if (this.#tail.count === 0) return;
    let settled = buildSegment(this.#tail.filledRecords(), this.#tail.offsets(), this.#tail.keys, this.vocabulary);
    this.#tail = new Tail();
    for (let last = this.#segments.at(-1); last !== undefined; last = this.#segments.at(-1)) {
      if (rowCount(last) >= 2 * rowCount(settled)) break;
      this.#segments.pop();
      settled = mergeSegments(last, settled, this.vocabulary);
    }
    this.#segments.push(settled);
  }

  #remove(key: Uint8Array): boolean {
    const held = this.#find(key);
    if (held === undefined) return false;
    this.#count(held.records, held.offset, -1);
    held.records[held.offset] = (held.records[held.offset] ?? 0) | REMOVED;
    return true;
  }

  #find(key: Uint8Array): Held | undefined {
    for (const { keys, records } of [this.#tail, ...this.#segments]) {
      const offset = keys.find(key, records);
      if (offset !== undefined && ((records[offset] ?? 0) & REMOVED) === 0) return { records, offset };
    }
    return undefined;
  }

  #count(records: Uint8Array, offset: number, change: number): void {
    const record = new RecordReader(records);
    record.open(offset);
    const names = this.#classes.read(record);
    const classes = this.#classes.classes.subarray(0, this.#classes.ends[names - 1] ?? 0);
    for (const spellingClass of new Set(classes)) this.vocabulary.addBearers(spellingClass, change);
    this.#size += change;
  }
}

/** Where a record begins, and in which bytes. */
export type Held = { readonly records: Uint8Array; readonly offset: number };
