import { inclusionProofFromTiles, tilesForInclusion, writeTlogProof } from '@entente/c2sp';
import { Refusal } from '@entente/protocol';
import { c2spCryptoOf, type Crypto, type ProvenEntry, writeLeaf } from '@entente/wire';
import { seenRoot } from '../exchange/write-entries.ts';
import type { Channel } from '../store/channels.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { Entry } from '../store/entries.ts';
import { loadTiles } from '../store/tiles.ts';

/** The bytes that a channel logged of an entry. @param other the channel whose prefix the entry saw */
export async function leafBytes(
  queryable: Queryable,
  crypto: Crypto,
  entry: Entry,
  other: Channel,
): Promise<Uint8Array> {
  const root = await seenRoot(queryable, other.channel, entry);
  return writeLeaf({
    act: entry.act.toHex() as never,
    envelope: crypto.sha256Hex(entry.envelope),
    seen: { size: entry.seen, root },
    time: entry.time,
  });
}

/** The inclusion proof of an entry in its channel at a size: O(log size) tiles. */
export async function proveInclusion(
  queryable: Queryable,
  crypto: Crypto,
  channel: Pick<Channel, 'relation' | 'channel'>,
  index: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  const tiles = await loadTiles(queryable, channel, tilesForInclusion(size, index));
  return inclusionProofFromTiles(c2spCryptoOf(crypto), size, index, tiles);
}

/**
 * An entry with its `tlog-proof` against the newest head that both sides signed: older keys may have been stolen since.
 * @throws Refusal `head-behind` where the counterpart has not cosigned that far
 */
export async function proveEntry(
  database: Database,
  crypto: Crypto,
  channel: Channel,
  other: Channel,
  entry: Entry,
): Promise<ProvenEntry> {
  const { cosigned } = channel;
  if (cosigned === undefined || cosigned.size <= entry.index) {
    throw new Refusal('head-behind', { where: `entry ${entry.index}`, what: 'not cosigned yet' });
  }
  const [hashes, leaf] = await Promise.all([
    proveInclusion(database, crypto, channel, entry.index, cosigned.size),
    leafBytes(database, crypto, entry, other),
  ]);
  const note = new TextEncoder().encode(cosigned.note);
  const proof = writeTlogProof({ index: entry.index, inclusion: hashes, note });
  return {
    envelope: entry.envelope,
    leaf,
    proof: new TextEncoder().encode(proof),
  };
}
