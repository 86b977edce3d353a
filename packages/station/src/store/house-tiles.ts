import { FormatError, rootFromTiles, tileKey, tilesForRoot, tilesIn } from '@entente/c2sp';
import { c2spCryptoOf, type Crypto } from '@entente/wire';
import type { Queryable } from './database.ts';

/** The root that the entries of the house log make at a size; undefined where some of them are not here. */
export async function houseRootAt(queryable: Queryable, crypto: Crypto, size: number): Promise<Uint8Array | undefined> {
  const tiles = tilesForRoot(size);
  const { rows } = await queryable.query<{ hashes: Uint8Array | null }>({
    name: 'load-house-tiles',
    text: `select case when level = 0
             then (select string_agg(leaf, '' order by index) from house_entry where index >= first and index < first + width)
             else (select string_agg(hash, '' order by index) from house_node
                   where house_node.level = tile.level and index >= first and index < first + width)
             end as hashes
           from unnest($1::smallint[], $2::bigint[], $3::smallint[]) with ordinality as tile (level, first, width, place)
           order by place`,
    values: [tiles.map(({ level }) => level), tiles.map(({ index }) => index * 256), tiles.map(({ width }) => width)],
  });
  const read = tilesIn(new Map(tiles.map((tile, at) => [tileKey(tile), rows[at]?.hashes ?? new Uint8Array()])));
  try {
    return rootFromTiles(c2spCryptoOf(crypto), size, read);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
