import {
  FormatError,
  judgeAddCheckpoint,
  readAddCheckpoint,
  refuseMalformed,
  type Tile,
  tileWidth,
  writeEntryBundle,
  writeNote,
} from '@entente/c2sp';
import { type LogSize, Refusal, type Sha256Hex } from '@entente/protocol';
import { c2spCryptoOf, originOf, writeLeaf } from '@entente/wire';
import { cosignHead } from '../custody/cosign-head.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { readEntries, rootAt } from '../store/entries.ts';
import { loadTile } from '../store/tiles.ts';
import type { LogHandlers } from './link/peer.ts';
import { seenRoot } from './write-entries.ts';

/**
 * The C2SP read API (tlog-tiles) of both channels of a relation, and the witness API (tlog-witness) of the counterpart's.
 * As its mirror we cosign only what we durably hold.
 */
export function logHandlers(parts: Parts, relation: Relation): LogHandlers {
  return {
    readCheckpoint: async (origin) => {
      const { cosigned, signed } = await channelOf(parts, relation, origin);
      const note = (cosigned ?? signed)?.note;
      if (note === undefined) throw new Refusal('relation-unknown', { where: origin, what: 'no checkpoint yet' });
      return note;
    },
    readTile: async (origin, tile) => {
      const channel = await channelOf(parts, relation, origin);
      if (tile.width > tileWidth(tile.level, tile.index, channel.size)) {
        throw new Refusal('head-behind', { where: origin, what: 'no such tile' });
      }
      return tile.level === 'entries'
        ? readBundle(parts, relation, channel, tile)
        : loadTile(parts.database, channel, tile);
    },
    addCheckpoint: async (origin, body) => {
      const channel = await channelOf(parts, relation, origin);
      const request = readOrRefuse(body);
      if ('status' in request) return request;
      const keys = relation.theirLog(channel.epoch);
      const latest = channel.cosigned === undefined ? undefined : await headAt(parts, channel, channel.cosigned.size);
      const known = channel.own ? undefined : [keys.ed25519, keys.mldsa44];
      const verdict = judgeAddCheckpoint(c2spCryptoOf(parts.crypto), request, known, latest);
      if (verdict.status !== 200) return verdict;
      const { size } = verdict.checkpoint;
      const held = await rootAt(parts.database, channel.channel, size as LogSize);
      if (held === undefined || Buffer.compare(held, verdict.checkpoint.root) !== 0) {
        return {
          status: 422,
          contentType: 'text/plain; charset=utf-8',
          body: 'this mirror does not hold these entries\n',
        };
      }
      const note = writeNote(request.note.text, request.note.signatures);
      const cosigned = await cosignHead(parts, relation, channel, { size: size as LogSize, note });
      const lines = cosigned.note.slice(note.length);
      return { status: 200, contentType: 'text/plain; charset=utf-8', body: lines };
    },
  };
}

async function channelOf({ database }: Parts, relation: Relation, origin: string): Promise<Channel> {
  for (const owner of [relation.own, relation.counterpart]) {
    const channel = await readChannel(database, relation.number, owner);
    const other = owner === relation.own ? relation.counterpart : relation.own;
    if (originOf(owner, other, channel.epoch) === origin) return channel;
  }
  throw new Refusal('relation-unknown', { where: origin });
}

async function headAt(
  { database }: Parts,
  channel: Channel,
  size: LogSize,
): Promise<{ readonly size: number; readonly root: Uint8Array } | undefined> {
  const root = await rootAt(database, channel.channel, size);
  return root && { size, root };
}

function readOrRefuse(body: Uint8Array): ReturnType<typeof readAddCheckpoint> | ReturnType<typeof refuseMalformed> {
  try {
    return readAddCheckpoint(body);
  } catch (error) {
    if (error instanceof FormatError) return refuseMalformed(error);
    throw error;
  }
}

async function readBundle(
  { database, crypto }: Parts,
  relation: Relation,
  channel: Channel,
  { index, width }: Tile,
): Promise<Uint8Array> {
  const from = index * 256;
  const entries = await readEntries(database, channel, from as LogSize, (from + width) as LogSize);
  const other = await readChannel(database, relation.number, channel.own ? relation.counterpart : relation.own);
  const leaves: Uint8Array[] = [];
  for (const entry of entries) {
    const { act, envelope, seen, time } = entry;
    const root = await seenRoot(database, other.channel, entry);
    const leaf = { act: act.toHex() as never, envelope: crypto.sha256Hex(envelope), seen: { size: seen, root }, time };
    leaves.push(writeLeaf(leaf satisfies { envelope: Sha256Hex }));
  }
  return writeEntryBundle(leaves);
}
