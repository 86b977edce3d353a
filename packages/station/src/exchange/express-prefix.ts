import { appendLeaves, rootOf } from '@entente/c2sp';
import type { Parts } from '../custody/relation.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import type { NewEntry } from '../store/entries.ts';
import { reachedByPrefix } from '../store/express.ts';

/** How a prefix stands to the acts that came ahead of it. */
export type PrefixFound = 'none-awaited' | 'agrees' | { readonly contradicted: string };

/**
 * Holds entries about to be appended against what came ahead: the same leaf at its index, the same root at its head
 * (PROTOCOL §2.6). Where they differ, the signed tlog-proof that contradicts the prefix is the proof of fraud.
 */
export async function holdAgainstExpress(
  { crypto }: Parts,
  transaction: Transaction,
  channel: Channel,
  rows: readonly NewEntry[],
): Promise<PrefixFound> {
  if (rows.length === 0) return 'none-awaited';
  const reached = await reachedByPrefix(transaction, channel, channel.size + rows.length);
  if (reached.length === 0) return 'none-awaited';
  const leaves = rows.map(({ leaf }) => leaf);
  let { frontier } = channel;
  for (const { index, leaf, headSize, headRoot, proof } of reached) {
    const placed = leaves[index - channel.size];
    if (placed !== undefined && Buffer.compare(placed, leaf) !== 0) return { contradicted: proof };
    if (headSize <= channel.size || headSize > channel.size + rows.length) continue;
    // In the order of their heads: however many came ahead, each leaf is hashed once.
    const more = leaves.slice(frontier.size - channel.size, headSize - channel.size);
    ({ frontier } = appendLeaves(crypto, frontier, more));
    if (Buffer.compare(rootOf(crypto, frontier), headRoot) !== 0) return { contradicted: proof };
  }
  return 'agrees';
}
