import { digestOf } from './digest.ts';
import type { HeldIdentities } from './held-identities.ts';
import type { Segment } from './segment.ts';
import { writeHead } from './snapshot-head.ts';
import { writeText } from './text-bytes.ts';

const LARGEST_CHUNK = 4 * 1024 * 1024;

/** A settled index as chunks of at most four mebibytes; the chunks share its bytes. */
export function* writeSnapshot(held: HeldIdentities): Generator<Uint8Array> {
  const parts = [
    writeText(held.vocabulary.texts().join('\n')),
    bytesOf(held.vocabulary.bearersOfAll()),
    ...held.segments.flatMap(partsOf),
  ];
  const lengths = parts.map((part) => part.length);
  yield writeHead({ size: held.size, segments: held.segments.length, lengths, digest: digestOf(parts) });
  for (const part of parts) {
    for (let start = 0; start < part.length; start += LARGEST_CHUNK) yield part.subarray(start, start + LARGEST_CHUNK);
  }
}

function partsOf({ records, keys, rowRecords, rowBirths, singles, pairs, documents }: Segment): Uint8Array[] {
  const lists = [singles, pairs, documents].flatMap(({ starts, rows }) => [starts, rows]);
  return [records, ...[keys.slots, rowRecords, rowBirths, ...lists].map(bytesOf)];
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
