import { type ReadTile, type Tile, tileKey, tilesIn } from '@entente/c2sp';
import type { Channel } from './channels.ts';
import type { Queryable } from './database.ts';

/**
 * Loads the hashes of tiles of a channel's tree: level 0 from the entries, the others from `node`. Each tile is one range
 * of an index, whatever the channel's size.
 */
export async function loadTiles(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
  tiles: readonly Tile[],
): Promise<ReadTile> {
  const loaded = new Map<string, Uint8Array>();
  for (const tile of tiles) loaded.set(tileKey(tile), await loadTile(queryable, channel, tile));
  return tilesIn(loaded);
}

/** The hashes of one tile, up to its width. */
export async function loadTile(
  queryable: Queryable,
  { relation, channel }: Pick<Channel, 'relation' | 'channel'>,
  { level, index, width }: Tile,
): Promise<Uint8Array> {
  const from = index * 256;
  const { rows } =
    level === 0
      ? await queryable.query<{ hash: Uint8Array }>({
          name: 'load-leaves',
          text: 'select leaf as hash from entry where relation = $1 and channel = $2 and index >= $3 and index < $4 order by index',
          values: [relation, channel, from, from + width],
        })
      : await queryable.query<{ hash: Uint8Array }>({
          name: 'load-nodes',
          text: `select hash from node where relation = $1 and channel = $2 and level = $3 and index >= $4 and index < $5
                 order by index`,
          values: [relation, channel, level, from, from + width],
        });
  return Buffer.concat(rows.map(({ hash }) => hash));
}
