import { type LogSize, Refusal } from '@entente/protocol';
import type { Crypto, ParcelEntry } from '@entente/wire';
import type { Parts } from '../custody/relation.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { ensureHead } from '../custody/ensure-head.ts';

/**
 * Holds what entries say they have seen against our own channel: never less than the entry before, never more than we
 * signed, and with the root that we had there (PROTOCOL §2.1).
 * @returns the sizes seen
 * @throws Refusal `seen-decreases`, `seen-too-far`, `history-conflict`
 */
export async function readSeen(
  { crypto }: Parts,
  transaction: Transaction,
  own: Channel,
  theirs: Channel,
  entries: readonly ParcelEntry[],
): Promise<ReadonlySet<LogSize>> {
  const checked = new Map<LogSize, string>();
  let before = theirs.lastSeen;
  for (const [at, { seen }] of entries.entries()) {
    const where = `entry ${theirs.size + at}`;
    if (seen.size < before) throw new Refusal('seen-decreases', { where, what: `${seen.size} after ${before}` });
    if (seen.size > own.size) throw new Refusal('seen-too-far', { where, what: `${seen.size} of ${own.size}` });
    before = seen.size;
    let root = checked.get(seen.size);
    if (root === undefined) {
      root = await rootHex(crypto, transaction, own, seen.size);
      checked.set(seen.size, root);
    }
    if (root !== seen.root)
      throw new Refusal('history-conflict', { where, what: `another root at our size ${seen.size}` });
  }
  return new Set(checked.keys());
}

async function rootHex(crypto: Crypto, transaction: Transaction, own: Channel, size: LogSize): Promise<string> {
  if (size === 0) return crypto.sha256(new Uint8Array()).toHex();
  return (await ensureHead(transaction, crypto, own, size))?.toHex() ?? 'none';
}
