import { rootOf } from '@entente/c2sp';
import { type LogSize, Refusal, type Sha256Hex } from '@entente/protocol';
import type { Crypto, ParcelEntry } from '@entente/wire';
import { ensureHead } from '../custody/ensure-head.ts';
import { frontierAt } from '../custody/frontier-at.ts';
import type { Parts } from '../custody/relation.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { type Entry, readEntries } from '../store/entries.ts';
import { type EndedEpoch, keepEndedHead, lastEnded } from '../store/epochs.ts';
import { seenRoot } from './write-entries.ts';

/**
 * Holds what entries of one party's channel say they have seen against the other's: never less than the entry before, never more than we
 * signed, and with the root that we had there (PROTOCOL §2.1). What saw entries that a new epoch left behind counts as
 * having seen the common prefix; after it, what is seen may fall once, to no less than that (§2.5).
 * @returns how much of our channel each entry counts as having seen
 * @throws Refusal `seen-decreases`, `seen-too-far`, `history-conflict`
 */
export async function readSeen(
  { crypto }: Parts,
  transaction: Transaction,
  own: Channel,
  theirs: Channel,
  entries: readonly Pick<ParcelEntry, 'seen'>[],
): Promise<readonly LogSize[]> {
  const ended = own.epoch === 1 ? undefined : await lastEnded(transaction, own);
  const held = (theirs.size - 1) as LogSize;
  const [last] = ended === undefined ? [] : await readEntries(transaction, theirs, held, theirs.size);
  let before = last?.seen ?? theirs.lastSeen;
  let least = theirs.lastSeen;
  let isOrphaned = ended !== undefined && last !== undefined && (await sawOrphans(crypto, transaction, own, last));
  const roots = new Map<LogSize, string>();
  const counted: LogSize[] = [];
  for (const [at, { seen }] of entries.entries()) {
    const where = `entry ${theirs.size + at}`;
    let root = roots.get(seen.size);
    if (root === undefined) {
      root = await rootHex(crypto, transaction, own, seen.size);
      roots.set(seen.size, root);
    }
    const isCurrent = root === seen.root;
    const mayBeOrphaned = ended !== undefined && seen.size > ended.common && (isOrphaned || before <= ended.common);
    if (isCurrent) {
      if (seen.size < least) throw decreases(where, seen.size, least);
      isOrphaned = false;
    } else if (ended !== undefined && mayBeOrphaned) {
      if (seen.size < before) throw decreases(where, seen.size, before);
      await keepEndedHead(transaction, ended, seen);
      isOrphaned = true;
    } else if (seen.size > own.size) {
      throw new Refusal('seen-too-far', { where, what: `${seen.size} of ${own.size}` });
    } else {
      throw new Refusal('history-conflict', { where, what: `another root at size ${seen.size}` });
    }
    before = seen.size;
    least = isOrphaned ? countedAs(ended, seen.size) : seen.size;
    counted.push(least);
  }
  return counted;
}

/**
 * How much of a channel that is held an entry had seen, in its present epoch: the same number as `readSeen` gives, for an
 * entry that nothing can be refused for yet.
 */
export async function sawInPresent(
  crypto: Crypto,
  transaction: Transaction,
  channel: Channel,
  seen: ParcelEntry['seen'],
): Promise<LogSize> {
  if (seen.size === 0) return seen.size;
  if (seen.size <= channel.size) {
    const root = rootOf(crypto, await frontierAt(transaction, crypto, channel, seen.size));
    if (root.toHex() === seen.root) return seen.size;
  }
  const ended = channel.epoch === 1 ? undefined : await lastEnded(transaction, channel);
  return Math.min(countedAs(ended, seen.size), channel.size) as LogSize;
}

function decreases(where: string, size: number, before: number): Refusal {
  return new Refusal('seen-decreases', { where, what: `${size} after ${before}` });
}

function countedAs(ended: EndedEpoch | undefined, size: LogSize): LogSize {
  return ended !== undefined && ended.common < size ? ended.common : size;
}

/** Whether the counterpart's last entry saw a history of ours that a new epoch left behind. */
async function sawOrphans(crypto: Crypto, transaction: Transaction, own: Channel, last: Entry): Promise<boolean> {
  if (last.seen === 0) return false;
  const root: Sha256Hex = await seenRoot(transaction, own.channel, last);
  return root !== (await rootHex(crypto, transaction, own, last.seen));
}

async function rootHex(crypto: Crypto, transaction: Transaction, own: Channel, size: LogSize): Promise<string> {
  if (size === 0) return crypto.sha256(new Uint8Array()).toHex();
  // Before any new epoch our channel's end was always committed as a head.
  if (size === own.size && own.epoch === 1) return own.root.toHex();
  return (await ensureHead(transaction, crypto, own, size))?.toHex() ?? 'none';
}
