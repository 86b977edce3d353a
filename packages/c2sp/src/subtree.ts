// Ranges of leaves and the perfect subtrees they are made of. Sizes reach 2^53: no 32-bit operators here.
import type { Hasher } from './crypto.ts';
import { FormatError } from './errors.ts';
import { emptyRoot, nodeHasher } from './merkle.ts';

/** A perfect subtree: the `index`-th run of 2^height leaves. */
export interface Node {
  readonly height: number;
  readonly index: number;
}

/** Reads the stored hash of a perfect subtree. */
export type ReadHash = (height: number, index: number) => Uint8Array;

/** The half-open range of leaves [start, end). */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new FormatError('range-outside', `size ${size}`);
}

/** A subtree (draft-ietf-plants-merkle-tree-certs, 4.1): its start is a multiple of its length rounded up to a power of two. */
export function isSubtree(start: number, end: number, size: number): boolean {
  return [start, end, size].every(Number.isSafeInteger) && 0 <= start && start < end && end <= size
    ? start % powerFrom(end - start) === 0
    : false;
}

/** The perfect subtrees a subtree is made of, widest first. */
export function peaks({ start, end }: Range): readonly Node[] {
  const nodes: Node[] = [];
  let at = start;
  for (let height = 52, width = 2 ** 52; at < end; height -= 1, width /= 2) {
    if (end - at < width) continue;
    nodes.push({ height, index: at / width });
    at += width;
  }
  return nodes;
}

/** The root of a subtree, from the stored hashes of its perfect subtrees. */
export function rootOfRange(crypto: Hasher, range: Range, readHash: ReadHash): Uint8Array {
  return foldPeaks(
    crypto,
    peaks(range).map(({ height, index }) => readHash(height, index)),
  );
}

/** Joins the hashes of perfect subtrees, widest first, to the root above them. */
export function foldPeaks(crypto: Hasher, hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot(crypto);
  const join = nodeHasher(crypto);
  return hashes.reduceRight((right, left) => join(left, right));
}

/** The least power of two not below n. */
function powerFrom(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

/** The greatest power of two below n, where RFC 6962 splits n leaves; n is at least 2. */
export function splitOf(n: number): number {
  return powerFrom(n) / 2;
}
