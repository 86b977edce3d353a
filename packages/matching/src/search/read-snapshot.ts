import { digestOf } from './digest.ts';
import { HeldIdentities } from './held-identities.ts';
import { KeyTable } from './key-table.ts';
import { SearchRefusal } from './search-refusal.ts';
import type { Segment } from './segment.ts';
import { PARTS_OF_SEGMENT, readHead, SHARED_PARTS } from './snapshot-head.ts';
import type { SnapshotHead } from './snapshot-head.ts';
import { readText } from './text-bytes.ts';
import { Vocabulary } from './vocabulary.ts';

/** Bytes that a snapshot may claim for each identity it holds: a hundred are usual. */
const MOST_BYTES_EACH = 16_384;

/** What an index held. Refuses what is no snapshot, of another version, cut short, overlong or changed by a bit. */
export function readSnapshot(chunks: Iterable<Uint8Array>, most: number): HeldIdentities {
  const { head, parts } = readParts(chunks, most);
  if (digestOf(parts) !== head.digest) throw new SearchRefusal('snapshot-damaged');
  const [texts, bearers] = parts;
  if (texts === undefined || bearers === undefined) throw new SearchRefusal('snapshot-damaged');
  const vocabulary = Vocabulary.of(texts.length === 0 ? [] : readText(texts).split('\n'), numbersOf(bearers));
  const segments: Segment[] = [];
  for (let at = SHARED_PARTS; at < parts.length; at += PARTS_OF_SEGMENT)
    segments.push(readSegment(parts.slice(at, at + PARTS_OF_SEGMENT)));
  return new HeldIdentities(most, vocabulary, segments, head.size);
}

type Parts = { readonly head: SnapshotHead; readonly parts: readonly Uint8Array[] };

function readParts(chunks: Iterable<Uint8Array>, most: number): Parts {
  let opening = new Uint8Array();
  let filling: Filling | undefined;
  for (const chunk of chunks) {
    if (filling !== undefined) {
      filling.take(chunk);
      continue;
    }
    opening = joined(opening, chunk);
    const read = readHead(opening);
    if (read === undefined) continue;
    checkSize(read.head, most);
    filling = new Filling(read.head);
    filling.take(opening.subarray(read.length));
  }
  if (filling === undefined) throw new SearchRefusal('snapshot-foreign');
  return { head: filling.head, parts: filling.complete() };
}

/** Before anything is allocated by its word. */
function checkSize({ size, lengths }: SnapshotHead, most: number): void {
  if (size > most) throw new SearchRefusal('index-full');
  const bytes = lengths.reduce((sum, length) => sum + length, 0);
  if (bytes > (size + 1024) * MOST_BYTES_EACH) throw new SearchRefusal('snapshot-damaged');
}

/** Parts being filled from chunks, whose bounds are not those of the parts. */
class Filling {
  readonly head: SnapshotHead;
  readonly #parts: readonly Uint8Array[];
  #part = 0;
  #at = 0;

  constructor(head: SnapshotHead) {
    this.head = head;
    this.#parts = head.lengths.map((length) => new Uint8Array(length));
  }

  take(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0) {
      const part = this.#parts[this.#part];
      if (part === undefined) throw new SearchRefusal('snapshot-damaged');
      const room = part.length - this.#at;
      part.set(rest.subarray(0, room), this.#at);
      this.#at += Math.min(room, rest.length);
      rest = rest.subarray(room);
      if (this.#at < part.length) continue;
      this.#part++;
      this.#at = 0;
    }
  }

  complete(): readonly Uint8Array[] {
    const isFull = this.#parts.slice(this.#part).every((part) => part.length === 0) && this.#at === 0;
    if (!isFull) throw new SearchRefusal('snapshot-damaged');
    return this.#parts;
  }
}

function joined(left: Uint8Array<ArrayBuffer>, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

function readSegment(parts: readonly Uint8Array[]): Segment {
  const [records = new Uint8Array(), ...others] = parts;
  const [slots = EMPTY, rowRecords = EMPTY, rowBirths = EMPTY, ...lists] = others.map(numbersOf);
  const [
    singleStarts = EMPTY,
    singles = EMPTY,
    pairStarts = EMPTY,
    pairs = EMPTY,
    documentStarts = EMPTY,
    documents = EMPTY,
  ] = lists;
  return {
    records,
    keys: new KeyTable(slots),
    rowRecords,
    rowBirths,
    singles: { starts: singleStarts, rows: singles },
    pairs: { starts: pairStarts, rows: pairs },
    documents: { starts: documentStarts, rows: documents },
  };
}

const EMPTY = new Uint32Array();

function numbersOf(bytes: Uint8Array): Uint32Array {
  if (bytes.length % 4 !== 0) throw new SearchRefusal('snapshot-damaged');
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
