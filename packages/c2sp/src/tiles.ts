// tile/<L>/<N>[.p/<W>] and tile/entries/<N>[.p/<W>], c2sp.org/tlog-tiles; N 1234067 is written x001/x234/067.
import { FormatError } from './errors.ts';
import type { Node } from './subtree.ts';

const TILE_WIDTH = 256;

/** A run of up to 256 hashes on a level (each the root of 256^level leaves), or of entries. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

/** @throws FormatError unless the path is the one spelling of a tile */
export function readTilePath(path: string): Tile {
  const [, level, numbers, width] =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || numbers === undefined) throw new FormatError('tile-path', path);
  // Whatever these accept beyond the one spelling, writing the path again refuses.
  const tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(numbers.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const;
  if (writeTilePath(tile) !== path) throw new FormatError('tile-path', path);
  return Object.freeze(tile);
}

export function writeTilePath({ level, index, width }: Tile): string {
  const levelFits = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= 63);
  const widthFits = Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH;
  if (!levelFits || !widthFits || !Number.isSafeInteger(index) || index < 0) {
    throw new FormatError('tile-path', `tile ${level}/${index}.p/${width}`);
  }
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const numbers = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${numbers}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** How many hashes (or entries) the tile holds in a tree of that size; 0 if it does not exist there. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const onLevel = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, onLevel - index * TILE_WIDTH));
}

/** The tile, in a tree of that size, whose hashes from `offset` on, `count` of them, make the node. */
export function tileOfNode(
  { height, index }: Node,
  size: number,
): { readonly tile: Tile; readonly offset: number; readonly count: number } {
  const level = Math.floor(height / 8);
  const count = 2 ** (height % 8);
  const tileIndex = Math.floor((index * count) / TILE_WIDTH);
  // Whatever these accept beyond the one spelling, writing the path again refuses.
  const tile = { level, index: tileIndex, width: tileWidth(level, tileIndex, size) };
  return { tile, offset: index * count - tileIndex * TILE_WIDTH, count };
}
