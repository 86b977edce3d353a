import { birthOrders } from './birth-order.ts';
import { ClassesOfRecord, pairKey, singleKey } from './class-keys.ts';
import { documentKeys, readDetails } from './details.ts';
import type { KeyTable } from './key-table.ts';
import { buildPostings, powerOfTwo } from './postings.ts';
import { RecordReader } from './record.ts';
import type { Segment } from './segment.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Sorts records by birth and files them under their names. Takes `records` and `keys` over; about a second per million. */
export function buildSegment(
  records: Uint8Array,
  offsets: Iterable<number>,
  keys: KeyTable,
  vocabulary: Vocabulary,
): Segment {
  const { rowRecords, rowBirths } = sortRows(records, offsets);
  const reader = new RecordReader(records);
  const names = new ClassesOfRecord(vocabulary);
  const rows = rowRecords.length;
  const open = (row: number): RecordReader => {
    reader.open(rowRecords[row] ?? 0);
    return reader;
  };
  const singles = buildPostings(rows, powerOfTwo(Math.min(rows, vocabulary.classCount * 4)), (row, post) => {
    const end = names.ends[names.read(open(row)) - 1] ?? 0;
    for (let at = 0; at < end; at++) post(singleKey(names.classes[at] ?? 0));
  });
  const pairs = buildPostings(rows, powerOfTwo(rows), (row, post) => postPairs(names, names.read(open(row)), post));
  const documents = buildPostings(rows, powerOfTwo(rows / 4), (row, post) => {
    if (!open(row).hasDetails) return;
    for (const key of documentKeys(readDetails(reader.skip()).documents)) post(key);
  });
  return { records, keys, rowRecords, rowBirths, singles, pairs, documents };
}

function postPairs(
  { classes, wordOf, isTwice, ends }: ClassesOfRecord,
  names: number,
  post: (hash: number) => void,
): void {
  for (let name = 0, start = 0; name < names; name++) {
    const end = ends[name] ?? 0;
    for (let left = start; left < end; left++) {
      if (isTwice[left] === 1) post(pairKey(classes[left] ?? 0, classes[left] ?? 0));
      for (let right = left + 1; right < end; right++) {
        if (wordOf[left] !== wordOf[right]) post(pairKey(classes[left] ?? 0, classes[right] ?? 0));
      }
    }
    start = end;
  }
}

/** Birth and offset are sorted as one number: 21 bits and 32 fit the 53 of a float. */
const OFFSET_SPAN = 2 ** 32;

function sortRows(records: Uint8Array, offsets: Iterable<number>): Pick<Segment, 'rowRecords' | 'rowBirths'> {
  const reader = new RecordReader(records);
  let sorted: Float64Array = new Float64Array(1024);
  let rows = 0;
  for (const offset of offsets) {
    reader.open(offset);
    for (const order of birthOrders(reader.births())) {
      if (rows === sorted.length) sorted = widen(sorted);
      sorted[rows++] = order * OFFSET_SPAN + offset;
    }
  }
  sorted = sorted.subarray(0, rows).sort();
  const rowRecords = new Uint32Array(rows);
  const rowBirths = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const both = sorted[row] ?? 0;
    rowBirths[row] = Math.floor(both / OFFSET_SPAN);
    rowRecords[row] = both % OFFSET_SPAN;
  }
  return { rowRecords, rowBirths };
}

function widen(numbers: Float64Array): Float64Array {
  const wider = new Float64Array(Math.ceil(numbers.length * 1.5));
  wider.set(numbers);
  return wider;
}
