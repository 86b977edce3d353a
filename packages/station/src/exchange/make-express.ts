import { inclusionProofFromTiles, tilesForInclusion, writeTlogProof } from '@entente/c2sp';
import { isFloorAct, type LogSize, Refusal } from '@entente/protocol';
import { c2spCryptoOf, parcelLimits, seal, writeParcel, writeParcelHeader } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { signHead } from '../custody/sign-head.ts';
import { releaseParcel } from '../release/release-parcel.ts';
import { readChannel, readStandings, type Standings } from '../store/channels.ts';
import { readEntries } from '../store/entries.ts';
import { listDue } from '../store/express.ts';
import { readEnvelopesAt } from '../store/leaves.ts';
import { urgencies, waitsInOutbox } from '../store/outbox.ts';
import { loadTiles } from '../store/tiles.ts';
import { readAct } from './weigh-entry.ts';
import { itemsOf } from './write-entries.ts';

/** One entry of our channel with its tlog-proof, sealed, to be sent ahead of its prefix. */
export async function makeExpress(parts: Parts, relation: Relation, index: LogSize): Promise<Uint8Array> {
  const { database, crypto } = parts;
  const channel = await readChannel(database, relation.number, relation.own);
  const { theirs } = await readStandings(database, relation.number);
  const [entry] = await readEntries(database, channel, index, (index + 1) as LogSize);
  if (entry === undefined) throw new Refusal('act-unknown', { where: `entry ${index}` });
  const { note } = await signHead(parts, relation, channel, channel);
  const tiles = await loadTiles(database, channel, tilesForInclusion(channel.size, index));
  const inclusion = inclusionProofFromTiles(c2spCryptoOf(crypto), channel.size, index, tiles);
  const header = writeParcelHeader(relation.log(channel.epoch).ed25519, {
    kind: 'express',
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    epoch: channel.epoch,
    index,
  });
  const plaintext = writeParcel({
    kind: 'express',
    header,
    proof: writeTlogProof({ index, inclusion, note: new TextEncoder().encode(note) }),
    items: await itemsOf(database, relation.number, theirs.channel, [entry]),
  });
  return seal(crypto, [relation.sealTo()], plaintext);
}

/**
 * Which entries of ours go ahead now, for a counterpart that has our channel up to `have`: urgent ones behind more than one
 * parcel, or anything urgent while a channel of the relation is stopped. What of that kind still waits in the outbox is
 * released first.
 * @param standings of both channels, where they were read just now
 */
export async function dueExpress(
  parts: Parts,
  relation: Relation,
  have: LogSize,
  standings?: Standings,
): Promise<readonly LogSize[]> {
  const { database } = parts;
  const { own, theirs } = standings ?? (await readStandings(database, relation.number));
  if (own.stopped === 'not-caught-up') return [];
  const isStopped = own.stopped !== undefined || theirs.stopped !== undefined;
  if (!isStopped && own.size - have <= parcelLimits.entries) return [];
  await releaseUrgent(parts, relation);
  // Over a stopped channel the counterpart's size counts entries of another history.
  const held = isStopped ? own.cosignedSize : have;
  return listDue(database, own, held, isStopped ? held : held + parcelLimits.entries);
}

/**
 * Which floor acts of ours go ahead of a parcel that the counterpart refused because a quota of the day is used up: what is
 * ahead counts towards none (PROTOCOL §5), and the floor passes whatever else waits.
 */
export async function dueFloor(parts: Parts, relation: Relation, have: LogSize): Promise<readonly LogSize[]> {
  const { database, crypto } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  if (own.stopped !== undefined) return [];
  await releaseUrgent(parts, relation);
  const due = await listDue(database, own, have, have);
  const { accord } = relation.authority.accord(relation.own);
  const urgent = await readEnvelopesAt(database, relation.number, own.channel, due);
  const floor = urgent.filter(({ envelope }) => {
    const { head } = readAct(crypto, envelope, undefined);
    return head !== undefined && isFloorAct(accord, head);
  });
  return floor.map(({ index }) => index as LogSize);
}

async function releaseUrgent(parts: Parts, relation: Relation): Promise<void> {
  if (!(await waitsInOutbox(parts.database, relation.number, urgencies.urgent))) return;
  await releaseParcel(parts, relation, urgencies.urgent).catch((error: unknown) => {
    // What stands already is sent whatever the clock says.
    if (!(error instanceof Refusal) || error.code !== 'clock-off') throw error;
  });
}
