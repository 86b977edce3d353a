import { type ReadTile, type Tile, tileKey, tilesIn } from '@entente/c2sp';
import type { Channel } from './channels.ts';
import type { Queryable } from './database.ts';

/**
 * Loads the hashes of tiles of a channel's tree with one statement: level 0 from the entries, the others from `node`. Each
 * tile is one range of an index, whatever the channel's size.
 */
export async function loadTiles(
  queryable: Queryable,
  { relation, channel }: Pick<Channel, 'relation' | 'channel'>,
  tiles: readonly Tile[],
): Promise<ReadTile> {
  if (tiles.length === 0) return tilesIn(new Map());
  const { rows } = await queryable.query<{ hashes: Uint8Array | null }>({
    name: 'load-tiles',
    text: `select case when level = 0
             then (select string_agg(leaf, '' order by index) from entry
                   where relation = $1 and channel = $2 and index >= first and index < first + width)
             else (select string_agg(hash, '' order by index) from node
                   where relation = $1 and channel = $2 and node.level = tile.level and index >= first and index < first + width)
             end as hashes
           from unnest($3::smallint[], $4::bigint[], $5::smallint[]) with ordinality as tile (level, first, width, place)
           order by place`,
    values: [
      relation,
      channel,
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index * 256),
      tiles.map(({ width }) => width),
    ],
  });
  return tilesIn(new Map(tiles.map((tile, at) => [tileKey(tile), rows[at]?.hashes ?? new Uint8Array()])));
}

/** The hashes of one tile, up to its width. */
export async function loadTile(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
  tile: Tile,
): Promise<Uint8Array> {
  return (await loadTiles(queryable, channel, [tile]))(tile) ?? new Uint8Array();
}
