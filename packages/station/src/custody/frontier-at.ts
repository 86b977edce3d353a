import { type Frontier, frontierFromTiles, tilesForRoot } from '@entente/c2sp';
import { c2spCryptoOf, type Crypto } from '@entente/wire';
import type { Channel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { loadTiles } from '../store/tiles.ts';

/** The right edge of a channel's tree as it was at an earlier size, from O(log size) tiles. */
export async function frontierAt(
  queryable: Queryable,
  crypto: Crypto,
  channel: Pick<Channel, 'relation' | 'channel'>,
  size: number,
): Promise<Frontier> {
  const tiles = await loadTiles(queryable, channel, tilesForRoot(size));
  return frontierFromTiles(c2spCryptoOf(crypto), size, tiles);
}
