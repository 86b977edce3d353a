/**
 * Lists of rows under hashed keys, in two arrays: bucket `b` is `rows[starts[b]]` to `rows[starts[b + 1]]`, ascending.
 * Keys that share a bucket are not told apart: what a list proposes is compared anyway, so a key need not be kept.
 */
export type Postings = { readonly starts: Uint32Array; readonly rows: Uint32Array };

/** Calls `post` with each hashed key (32 bits) of one row. */
export type KeysOfRow = (row: number, post: (hash: number) => void) => void;

/** Two passes, so that nothing is held but the answer: the first counts, the second files. `width` is the number of buckets, a power of two. */
export function buildPostings(rowCount: number, width: number, keysOf: KeysOfRow): Postings {
  const starts = new Uint32Array(width + 2);
  const mask = width - 1;
  // Counted two places ahead, `starts` becomes right while it serves as the place to write next.
  const count = (hash: number): void => {
    const at = (hash & mask) + 2;
    starts[at] = (starts[at] ?? 0) + 1;
  };
  for (let row = 0; row < rowCount; row++) keysOf(row, count);
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const rows = new Uint32Array(starts[width + 1] ?? 0);
  let current = 0;
  const file = (hash: number): void => {
    const at = (hash & mask) + 1;
    const place = starts[at] ?? 0;
    starts[at] = place + 1;
    rows[place] = current;
  };
  for (; current < rowCount; current++) keysOf(current, file);
  return { starts: starts.subarray(0, width + 1), rows };
}

/** The bucket of a key. */
export function bucketOf({ starts }: Postings, hash: number): number {
  return hash & (starts.length - 2);
}

/** The first place in `rows[from..to)` whose row is at least `row`. */
export function placeOfRow(rows: Uint32Array, from: number, to: number, row: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A power of two not under `least`. */
export function powerOfTwo(least: number): number {
  let width = 16;
  while (width < least) width *= 2;
  return width;
}
