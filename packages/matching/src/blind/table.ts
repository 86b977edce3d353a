import { BlindFault } from './blind-fault.ts';
import { tagLength } from './tag.ts';
import type { Randomness } from './query.ts';

/** Tags on one page; pages are what a commitment counts and what a proof shows. */
export const pageTags = 256;
export const pageLength: number = pageTags * tagLength;
export const smallestTable = 16;

/**
 * How many pages a table of so many tags has: a power of two, or one and a half, never below `smallestTable`. Whoever
 * holds the table learns the class, not the number.
 */
export function pagesFor(tags: number): number {
  const least = Math.max(smallestTable, Math.ceil(tags / pageTags));
  const power = 2 ** Math.ceil(Math.log2(least));
  return least <= (power / 4) * 3 ? (power / 4) * 3 : power;
}

/**
 * The published table: tags in rising order, padded with random ones up to its class, big-endian, page after page.
 * @param tags is sorted in place
 */
export function writeTable(tags: BigUint64Array, randomness: Randomness): Uint8Array {
  const all = new BigUint64Array(pagesFor(tags.length) * pageTags);
  all.set(tags);
  // In pieces: randomness has a limit of its own.
  for (let at = tags.length; at < all.length; at += pageTags) {
    const bytes = randomness(pageLength);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let n = 0; n < pageTags && at + n < all.length; n += 1) all[at + n] = view.getBigUint64(n * tagLength);
  }
  all.sort();
  const table = new Uint8Array(all.length * tagLength);
  const view = new DataView(table.buffer);
  for (let at = 0; at < all.length; at += 1) view.setBigUint64(at * tagLength, all[at] ?? 0n);
  return table;
}

/** The tags of one page, in rising order. @throws BlindFault `table-malformed` */
export function readPage(page: Uint8Array): readonly bigint[] {
  if (page.length !== pageLength) throw new BlindFault('table-malformed');
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  const tags: bigint[] = [];
  for (let at = 0; at < pageTags; at += 1) {
    const tag = view.getBigUint64(at * tagLength);
    if (at > 0 && tag < (tags[at - 1] ?? 0n)) throw new BlindFault('table-malformed', at);
    tags.push(tag);
  }
  return tags;
}

/** What pages say of a tag: it stands there, it would have to stand there and does not, or it belongs elsewhere. */
export type Found = 'present' | 'absent' | 'before' | 'after';

/**
 * Looks a tag up in a run of pages that follow each other.
 * @param edges whether the run begins or ends the table: then nothing can stand outside
 */
export function findTag(
  run: Uint8Array,
  tag: bigint,
  edges: { readonly first: boolean; readonly last: boolean },
): Found {
  const view = new DataView(run.buffer, run.byteOffset, run.length);
  const count = run.length / tagLength;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (view.getBigUint64(middle * tagLength) < tag) low = middle + 1;
    else high = middle;
  }
  if (low < count && view.getBigUint64(low * tagLength) === tag) return 'present';
  if (low === 0 && !edges.first) return 'before';
  if (low === count && !edges.last) return 'after';
  return 'absent';
}
