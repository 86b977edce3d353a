import type { KeyTable } from './key-table.ts';
import type { Postings } from './postings.ts';

/**
 * A part of the index that is not written to any more, except for the mark on what was removed. Its rows stand in the
 * order of birth, so that every list of rows under a name is also sorted by birth and a dated query reads a slice of it.
 */
export type Segment = {
  /** Records one behind the other (`record.ts`). */
  readonly records: Uint8Array;
  readonly keys: KeyTable;
  /** Of each row, where its record begins; an identity with two birth dates has two rows. */
  readonly rowRecords: Uint32Array;
  /** Of each row its `BirthOrder`, ascending. */
  readonly rowBirths: Uint32Array;
  /** Rows by class of one name. */
  readonly singles: Postings;
  /** Rows by two classes of one name. */
  readonly pairs: Postings;
  /** Rows by number of a document. */
  readonly documents: Postings;
};

/** Measures the work of a query: removed identities are still read. */
export function rowCount(segment: Segment): number {
  return segment.rowRecords.length;
}
