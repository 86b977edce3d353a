import { rootOf } from '@entente/c2sp';
import type { LogSize } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Channel } from '../store/channels.ts';
import { rootAt } from '../store/entries.ts';
import type { Transaction } from '../store/database.ts';
import { frontierAt } from './frontier-at.ts';

/**
 * The root of a channel at a size that an entry saw. After a restore, what came back need not end where it once did: the
 * head is then computed from the tiles, and written down again.
 * @returns undefined where we do not hold that much
 */
export async function ensureHead(
  transaction: Transaction,
  crypto: Crypto,
  channel: Channel,
  size: LogSize,
): Promise<Uint8Array | undefined> {
  const known = await rootAt(transaction, channel.channel, size);
  if (known !== undefined || size > channel.size || size === 0) return known;
  const root = rootOf(crypto, await frontierAt(transaction, crypto, channel, size));
  await transaction.query('insert into head values ($1, $2, $3, $4) on conflict do nothing', [
    channel.relation,
    channel.channel,
    size,
    root,
  ]);
  return root;
}
