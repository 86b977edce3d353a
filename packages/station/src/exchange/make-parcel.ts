import type { LogSize } from '@entente/protocol';
import { parcelLimits, seal, writeParcel, writeParcelHeader } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { signRaised } from '../custody/sign-head.ts';
import { type Released, releaseParcel } from '../release/release-parcel.ts';
import { keepSignedHead, readChannel, readStandings, type Standing } from '../store/channels.ts';
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
 * @param standing how our channel stands, where it was read just now
 */
export async function makeParcel(
  parts: Parts,
  relation: Relation,
  from: LogSize,
  standing?: Standing,
): Promise<Parcel | undefined> {
  const own = standing ?? (await readStandings(parts.database, relation.number)).own;
  if (own.stopped !== undefined) return undefined;
  const piece = own.size > from ? await standingPiece(parts, relation, from) : await releaseParcel(parts, relation);
  if (piece === undefined || piece.from < from) return undefined;
  // Another process released first: what it gave positions to goes before.
  const next = piece.from > from ? await standingPiece(parts, relation, from) : piece;
  return next && sealPiece(parts, relation, next);
}

/** What already stands, at most so many entries of it: for a counterpart that lost its own. */
export async function makeStandingParcel(
  parts: Parts,
  relation: Relation,
  from: LogSize,
  maximum: number,
): Promise<Parcel | undefined> {
  const piece = await standingPiece(parts, relation, from, maximum);
  return piece === undefined ? undefined : sealPiece(parts, relation, piece);
}

/** What already stands beyond `from`: one committed piece, or as many as fit. */
async function standingPiece(
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
  const [signed, items] = await Promise.all([
    signRaised(parts, relation, channel, channel),
    itemsOf(parts.database, relation.number, theirs.channel, entries),
  ]);
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
    checkpoint: signed.note,
    ...(theirs.cosigned === undefined ? {} : { cosigned: theirs.cosigned.note }),
    items,
  });
  // Sealing takes a processor and keeping takes the disk.
  const [sealed] = await Promise.all([
    seal(parts.crypto, [relation.sealTo()], plaintext),
    keepSignedHead(parts.database, channel.channel, signed),
  ]);
  return { start: from, end: channel.size, sealed };
}
