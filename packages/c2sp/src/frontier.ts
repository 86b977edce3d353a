import type { Hasher } from './crypto.ts';
import { FormatError } from './errors.ts';
import { nodeHasher } from './merkle.ts';
import { concatBytes, copyBytes } from './bytes.ts';
import { checkSize, foldPeaks, peaks } from './subtree.ts';

/** The right edge of a tree: all that appending needs. `hashes` are its perfect subtrees' roots, widest first. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/** Hashes that became complete on one tile level: the first has index `first` on that level, the rest follow it. */
export interface CompleteHashes {
  readonly level: number;
  readonly first: number;
  readonly hashes: readonly Uint8Array[];
}

export interface Appended {
  readonly frontier: Frontier;
  /** By tile level from 0 (the leaves themselves); levels that gained nothing are left out. */
  readonly complete: readonly CompleteHashes[];
}

export const emptyFrontier: Frontier = Object.freeze({ size: 0, hashes: Object.freeze([]) });

/** Appends leaf hashes (from `leafHash`), about one SHA-256 each. @throws FormatError */
export function appendLeaves(crypto: Hasher, frontier: Frontier, leafHashes: readonly Uint8Array[]): Appended {
  checkFrontier(frontier);
  checkSize(frontier.size + leafHashes.length);
  const join = nodeHasher(crypto);
  const heights = peaks({ start: 0, end: frontier.size }).map(({ height }) => height);
  const hashes = [...frontier.hashes];
  const levels: Uint8Array[][] = [];
  for (const leaf of leafHashes) {
    if (leaf.length !== 32) throw new FormatError('hash', 'leaf');
    let hash = leaf;
    let height = 0;
    while (heights.at(-1) === height) {
      heights.pop();
      const left = hashes.pop();
      if (left === undefined) throw new FormatError('frontier-shape', 'frontier');
      hash = join(left, hash);
      height += 1;
      if (height % 8 === 0) (levels[height / 8 - 1] ??= []).push(hash);
    }
    heights.push(height);
    hashes.push(hash);
  }
  return {
    frontier: { size: frontier.size + leafHashes.length, hashes },
    complete: [leafHashes, ...levels]
      .map((gained, level) => ({ level, first: Math.floor(frontier.size / 256 ** level), hashes: gained }))
      .filter((gained) => gained.hashes.length > 0),
  };
}

/** The root hash of the tree behind a frontier. */
export function rootOf(crypto: Hasher, frontier: Frontier): Uint8Array {
  checkFrontier(frontier);
  return foldPeaks(crypto, frontier.hashes);
}

/** Reads a frontier kept as its size and its hashes one after the other. @throws FormatError */
export function readFrontier(size: number, bytes: Uint8Array): Frontier {
  if (bytes.length % 32 !== 0) throw new FormatError('frontier-shape', 'frontier');
  const hashes = Array.from({ length: bytes.length / 32 }, (_, at) => copyBytes(bytes, at * 32, at * 32 + 32));
  const frontier = { size, hashes };
  checkFrontier(frontier);
  return frontier;
}

/** The hashes one after the other; `readFrontier` reads them back. */
export function writeFrontier(frontier: Frontier): Uint8Array {
  checkFrontier(frontier);
  return concatBytes(frontier.hashes);
}

function checkFrontier({ size, hashes }: Frontier): void {
  checkSize(size);
  const fits = hashes.length === peaks({ start: 0, end: size }).length && hashes.every((hash) => hash.length === 32);
  if (!fits) throw new FormatError('frontier-shape', 'frontier');
}
