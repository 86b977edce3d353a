import type { LogSize } from '@entente/protocol';
import { parcelLimits, seal, writeParcel, writeParcelHeader } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { signHead } from '../custody/sign-head.ts';
import { type Released, releaseParcel } from '../release/release-parcel.ts';
import { readChannel, readStandings } from '../store/channels.ts';
import { headAfter, readEntries } from '../store/entries.ts';
import { itemsOf } from './write-entries.ts';

/** A sealed run of our channel, ready for any road. */
export interface Parcel {
  readonly start: LogSize;
  readonly end: LogSize;
  readonly sealed: Uint8Array;
}

/**
 * The next parcel for a counterpart that has our channel up to `from`: what already stands in the channel beyond it, else
 * what waits in the outbox, which is released now. Undefined where there is nothing to say, or the channel is stopped.
 */
export async function makeParcel(parts: Parts, relation: Relation, from: LogSize): Promise<Parcel | undefined> {
  const { own } = await readStandings(parts.database, relation.number);
  if (own.stopped !== undefined) return undefined;
  const piece = own.size > from ? await standing(parts, relation, from) : await releaseParcel(parts, relation);
  if (piece === undefined || piece.from !== from) return undefined;
  return sealPiece(parts, relation, piece);
}

/** What already stands, at most so many entries of it: for a counterpart that lost its own. */
export async function makeStandingParcel(
  parts: Parts,
  relation: Relation,
  from: LogSize,
  maximum: number,
): Promise<Parcel | undefined> {
  const piece = await standing(parts, relation, from, maximum);
  return piece === undefined ? undefined : sealPiece(parts, relation, piece);
}

/** What already stands beyond `from`: one committed piece, or as many as fit. */
async function standing(
  { database }: Parts,
  relation: Relation,
  from: LogSize,
  maximum: number = parcelLimits.entries,
): Promise<Released | undefined> {
  const channel = await readChannel(database, relation.number, relation.own);
  if (channel.size <= from) return undefined;
  const head = await headAfter(database, channel, from, maximum);
  if (head === undefined) return undefined;
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const entries = await readEntries(database, channel, from, head.size);
  return { channel: { ...channel, ...head }, theirs, from, entries };
}

async function sealPiece(parts: Parts, relation: Relation, piece: Released): Promise<Parcel> {
  const { channel, theirs, from, entries } = piece;
  const { note } = await signHead(parts, relation, channel, channel);
  const header = writeParcelHeader(relation.log(channel.epoch).ed25519, {
    kind: 'run',
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    epoch: channel.epoch,
    start: from,
    end: channel.size,
  });
  const plaintext = writeParcel({
    kind: 'run',
    header,
    checkpoint: note,
    ...(theirs.cosigned === undefined ? {} : { cosigned: theirs.cosigned.note }),
    items: await itemsOf(parts.database, relation.number, theirs.channel, entries),
  });
  return { start: from, end: channel.size, sealed: await seal(parts.crypto, [relation.sealTo()], plaintext) };
}
