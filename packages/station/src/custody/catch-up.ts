import {
  appendLeaves,
  type Checkpoint,
  consistencyProofFromTiles,
  readCheckpoint,
  rootOf,
  tileKey,
  tilesForConsistency,
  tilesIn,
  verifyConsistency,
  writeTilePath,
} from '@entente/c2sp';
import { isLogSize, type LogSize, Refusal } from '@entente/protocol';
import { c2spCryptoOf, originOf, type ParcelEntry, refusing, verifySignedNote } from '@entente/wire';
import { acceptParcel } from '../exchange/accept-parcel.ts';
import type { PeerClient } from '../exchange/link/peer-client.ts';
import { readItems } from '../exchange/open-counterpart-parcel.ts';
import { leafOf } from '../exchange/weigh-entry.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { awaitOnly } from '../store/awaited-bodies.ts';
import { type Channel, keepCosignedHead, keepSignedHead, readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { takeOwnKeysets } from './known-keysets.ts';
import { laterEpoch } from './caught-up.ts';
import { missingBodies } from './missing-bodies.ts';
import { openGivenBack } from './open-given-back.ts';
import type { Parts, Relation } from './relation.ts';
import { takeBack } from './take-back.ts';

// What an alarm says stays readable.
const mostNamed = 20;

/** Where our own entries are fetched back from. */
export type Giver = Pick<PeerClient, 'readLog' | 'fetchHeld'>;

/**
 * Fetches back what a restored database lacks of our channel: first its head as the counterpart cosigned it, then
 * everything up to it, each piece verified against our own keys and that head before it is stored (PROTOCOL §2.4). Both
 * channels come back in the order in which they saw each other. Does nothing where the channel is not stopped for this.
 * @returns whether the channel may go on
 * @throws Refusal; the next call goes on where this one ended
 */
export async function catchUp(parts: Parts, relation: Relation, giver: Giver): Promise<boolean> {
  const { database } = parts;
  let own = await readChannel(database, relation.number, relation.own);
  if (own.stopped !== 'not-caught-up') return true;
  // Of an epoch that has ended nobody gives anything back: our root's notice comes first, by hand.
  if ((await laterEpoch(parts, relation, own.epoch)) !== undefined) return false;
  const began = own.size;
  const head = await cosignedHead(parts, relation, own, giver);
  if (head !== undefined) {
    for (const { checkpoint } = head; own.size < checkpoint.size;) {
      own = await fetchNext(parts, relation, own, checkpoint, giver);
    }
    // We cosigned more of theirs than our entries saw: an entry that says it saw less would be dated back.
    while (await fetchTheirs(parts, relation, own, giver));
  }
  return resume(parts, relation, own, began, head);
}

/** One piece of ours where we hold all it saw, else one of theirs. @returns our channel after it */
async function fetchNext(
  parts: Parts,
  relation: Relation,
  own: Channel,
  head: Checkpoint,
  giver: Giver,
): Promise<Channel> {
  const { database } = parts;
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const piece = await giver.fetchHeld(relation.own, own.size, theirs.size);
  if (piece !== undefined) await takePiece(parts, relation, own, head, piece, giver);
  else if (!(await fetchTheirs(parts, relation, own, giver))) {
    throw new Refusal('not-caught-up', { what: `nothing follows entry ${own.size}`, retryAfter: 30 });
  }
  return readChannel(database, relation.number, relation.own);
}

interface CosignedHead {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** Our head with both our signatures and both of the counterpart's; undefined where it holds nothing of our channel. */
async function cosignedHead(
  { crypto }: Parts,
  relation: Relation,
  own: Channel,
  giver: Giver,
): Promise<CosignedHead | undefined> {
  const origin = originOf(relation.own, relation.counterpart, own.epoch);
  const bytes = await giver.readLog(origin, 'checkpoint').catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'relation-unknown') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const { ed25519, mldsa44 } = relation.log(own.epoch);
  const { theirMirror } = relation;
  const keys = [ed25519.vkey, mldsa44.vkey, theirMirror.ed25519, theirMirror.mldsa44] as const;
  const note = verifySignedNote(c2spCryptoOf(crypto), bytes, keys, 'checkpoint');
  const checkpoint = refusing('note-malformed', 'checkpoint', () => readCheckpoint(note.text));
  if (checkpoint.origin !== origin) throw new Refusal('wrong-epoch', { where: 'checkpoint' });
  return { checkpoint, note: new TextDecoder().decode(bytes) };
}

async function takePiece(
  parts: Parts,
  relation: Relation,
  own: Channel,
  head: Checkpoint,
  sealed: Uint8Array,
  giver: Giver,
): Promise<void> {
  const parcel = await openGivenBack(parts, relation, own, own.size, sealed);
  const { entries, approvals } = readItems(relation, parcel);
  await checkBelongs(parts, own, head, entries, giver);
  await takeOwnKeysets(parts, relation, entries);
  await takeBack(parts, relation, own, entries, approvals);
}

/** The piece, after what we hold, must be the beginning of the very head that both sides signed. */
async function checkBelongs(
  { crypto }: Parts,
  own: Channel,
  head: Checkpoint,
  entries: readonly ParcelEntry[],
  giver: Giver,
): Promise<void> {
  const leaves = entries.map((entry) => leafOf(crypto, entry));
  const { frontier } = appendLeaves(crypto, own.frontier, leaves);
  const piece = { size: frontier.size, root: rootOf(crypto, frontier) };
  const tiles = new Map<string, Uint8Array>();
  if (piece.size < head.size) {
    for (const tile of tilesForConsistency(piece.size, head.size)) {
      tiles.set(tileKey(tile), await giver.readLog(head.origin, writeTilePath(tile)));
    }
  }
  const hasher = c2spCryptoOf(crypto);
  refusing('hash-mismatch', 'given back', () => {
    const proof = consistencyProofFromTiles(hasher, piece.size, head.size, tilesIn(tiles));
    verifyConsistency(hasher, piece, head, proof);
  });
}

/** The next piece of theirs that saw no more of ours than we hold again. @returns whether there was one */
async function fetchTheirs(parts: Parts, relation: Relation, own: Channel, giver: Giver): Promise<boolean> {
  const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
  const sealed = await giver.fetchHeld(relation.counterpart, theirs.size, own.size);
  if (sealed === undefined) return false;
  await acceptParcel(parts, relation, sealed);
  return true;
}

async function resume(
  parts: Parts,
  relation: Relation,
  own: Channel,
  began: LogSize,
  head: CosignedHead | undefined,
): Promise<boolean> {
  const { database, highWater, clock } = parts;
  const origin = originOf(relation.own, relation.counterpart, own.epoch);
  const mark = await highWater.read(origin);
  const isBeyond = mark !== undefined && mark.size > own.size;
  await transact(database, async (transaction) => {
    const alarm = { relation: relation.number, time: clock.now(), kind: 'not-caught-up', proof: undefined } as const;
    const came =
      head !== undefined && isLogSize(head.checkpoint.size)
        ? { size: head.checkpoint.size, note: head.note }
        : undefined;
    // Also where the rest is lost: it is the last common head, after which the next epoch begins.
    if (came !== undefined) await keepCosignedHead(transaction, own.channel, came);
    if (isBeyond) {
      const what = `a head of size ${mark.size} was signed that ${relation.counterpart} never held; entries from ${own.size} on are lost. Have our root sign an epoch notice naming the head of size ${own.size}`;
      return raiseAlarm(transaction, { ...alarm, what });
    }
    await alarmMissing(parts, relation, transaction, own);
    if (came !== undefined) await keepSignedHead(transaction, own.channel, came);
    await transaction.query(`update channel set stopped = null where channel = $1 and stopped = 'not-caught-up'`, [
      own.channel,
    ]);
    if (own.size === began) return;
    const what = `entries ${began} to ${own.size} of our channel were fetched back. Drafts, the house log and what waited in the outbox did not come back: ask the officers to look through them`;
    await raiseAlarm(transaction, { ...alarm, what });
  });
  return !isBeyond;
}

/** Lists the acts whose bodies did not come back: in the house log all of them, in an alarm the first. */
async function alarmMissing(parts: Parts, relation: Relation, transaction: Transaction, own: Channel): Promise<void> {
  const missing = await missingBodies(parts, relation, transaction, own);
  await awaitOnly(transaction, own, missing);
  if (missing.length === 0) return;
  const time = parts.clock.now();
  const named = missing.slice(0, mostNamed).join(', ');
  const what = `the bodies of ${missing.length} of our acts did not come back, though no act erased them: ${named}${missing.length > mostNamed ? ', …' : ''}. Ask ${relation.counterpart} for them; the house log lists all`;
  const proof = new TextEncoder().encode(missing.join('\n'));
  await raiseAlarm(transaction, { relation: relation.number, time, kind: 'not-caught-up', what, proof });
  await writeHouseLog(transaction, parts.crypto, {
    kind: 'restore',
    time,
    what: { relation: relation.name, withoutBody: missing },
  });
}
