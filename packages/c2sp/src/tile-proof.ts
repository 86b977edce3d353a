// A store first lists the tiles a computation needs, loads them in one query, then computes.
import { copyBytes } from './bytes.ts';
import type { Hasher } from './crypto.ts';
import { FormatError } from './errors.ts';
import type { Frontier } from './frontier.ts';
import { nodeHasher } from './merkle.ts';
import { consistencyProof, consistencyRanges, inclusionProof, inclusionRanges } from './merkle-proof.ts';
import { checkSize, peaks, type Range, type ReadHash, rootOfRange } from './subtree.ts';
import { type Tile, tileOfNode, writeTilePath } from './tiles.ts';

/** Hands out a tile's bytes: at least `tile.width` hashes; a wider or full version of the tile serves as well. */
export type ReadTile = (tile: Tile) => Uint8Array | undefined;

/** The tiles an inclusion proof needs: O(log size). */
export function tilesForInclusion(size: number, index: number): readonly Tile[] {
  return tilesForRanges(size, inclusionRanges(size, index));
}

/** The tiles a consistency proof needs: O(log size). */
export function tilesForConsistency(old: number, size: number): readonly Tile[] {
  return tilesForRanges(size, consistencyRanges(old, size));
}

/** The tiles the root and the frontier of a tree need. */
export function tilesForRoot(size: number): readonly Tile[] {
  checkSize(size);
  return tilesForRanges(size, [{ start: 0, end: size }]);
}

export function inclusionProofFromTiles(
  crypto: Hasher,
  size: number,
  index: number,
  readTile: ReadTile,
): readonly Uint8Array[] {
  return inclusionProof(crypto, size, index, hashesFromTiles(crypto, size, readTile));
}

export function consistencyProofFromTiles(
  crypto: Hasher,
  old: number,
  size: number,
  readTile: ReadTile,
): readonly Uint8Array[] {
  return consistencyProof(crypto, old, size, hashesFromTiles(crypto, size, readTile));
}

export function rootFromTiles(crypto: Hasher, size: number, readTile: ReadTile): Uint8Array {
  checkSize(size);
  return rootOfRange(crypto, { start: 0, end: size }, hashesFromTiles(crypto, size, readTile));
}

export function frontierFromTiles(crypto: Hasher, size: number, readTile: ReadTile): Frontier {
  checkSize(size);
  const readHash = hashesFromTiles(crypto, size, readTile);
  return { size, hashes: peaks({ start: 0, end: size }).map(({ height, index }) => readHash(height, index)) };
}

/** A `ReadTile` over tiles loaded before, by `tileKey`. */
export function tilesIn(tiles: ReadonlyMap<string, Uint8Array>): ReadTile {
  return (tile) => tiles.get(tileKey(tile));
}

/** The path of the tile when full, whatever its width now: `tile/0/x001/234`. */
export function tileKey({ level, index }: Pick<Tile, 'level' | 'index'>): string {
  return writeTilePath({ level, index, width: 256 });
}

/** Computes any node of a tree of that size from its tiles. */
export function hashesFromTiles(crypto: Hasher, size: number, readTile: ReadTile): ReadHash {
  const join = nodeHasher(crypto);
  return (height, index) => {
    const { tile, offset, count } = tileOfNode({ height, index }, size);
    const where = writeTilePath(tile);
    const bytes = readTile(tile);
    if (bytes === undefined) throw new FormatError('tile-missing', where);
    if (bytes.length < tile.width * 32 || bytes.length > 256 * 32 || bytes.length % 32 !== 0) {
      throw new FormatError('tile-width', where);
    }
    const hashAt = (first: number, width: number): Uint8Array =>
      width === 1
        ? copyBytes(bytes, first * 32, first * 32 + 32)
        : join(hashAt(first, width / 2), hashAt(first + width / 2, width / 2));
    return hashAt(offset, count);
  };
}

function tilesForRanges(size: number, ranges: readonly Range[]): readonly Tile[] {
  const tiles = ranges.flatMap(peaks).map((node) => tileOfNode(node, size).tile);
  return [...new Map(tiles.map((tile) => [tileKey(tile), tile])).values()];
}
