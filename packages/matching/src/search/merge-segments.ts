import { buildSegment } from './build-segment.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { KeyTable } from './key-table.ts';
import { recordsIn } from './record.ts';
import type { Segment } from './segment.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One segment of what two still hold; what was removed is left behind. */
export function mergeSegments(older: Segment, newer: Segment, vocabulary: Vocabulary): Segment {
  const records = new GrowingBytes(older.records.length + newer.records.length);
  const offsets = new GrowingNumbers();
  for (const segment of [older, newer]) {
    for (const record of recordsIn(segment.records)) offsets.push(records.append(record));
  }
  const merged = records.bytes.subarray(0, records.length);
  const keys = KeyTable.of(offsets.filled(), merged);
  return buildSegment(merged, offsets.filled(), keys, vocabulary);
}
