import { rootOf } from '@entente/c2sp';
import { isLogSize, type PartyId, Refusal } from '@entente/protocol';
import { raiseAlarm } from '../store/alarms.ts';
import { lockChannel, readChannel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { ranksAt } from '../store/entries.ts';
import { countAgain, splitChannel } from '../store/epochs.ts';
import { frontierAt } from './frontier-at.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Opens the next epoch of a party's channel at the last common head, as its root ordered (PROTOCOL §2.5). Both stations do
 * the same: the common prefix goes on under a new origin, later entries are orphaned, and what the other party saw beyond
 * it counts as seen up to it.
 * @throws Refusal `wrong-epoch`, `history-conflict` where this station holds another history up to there
 */
export async function openEpoch(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  party: PartyId,
  notice: { readonly epoch: number; readonly size: number; readonly root: string },
): Promise<void> {
  const channel = await lockChannel(transaction, relation.number, party);
  if (notice.epoch !== channel.epoch + 1) throw new Refusal('wrong-epoch', { what: `epoch ${channel.epoch} is open` });
  if (!isLogSize(notice.size) || notice.size > channel.size) {
    throw new Refusal('head-behind', { what: `${channel.size} entries are held` });
  }
  const frontier = await frontierAt(transaction, parts.crypto, channel, notice.size);
  const root = rootOf(parts.crypto, frontier);
  if (root.toHex() !== notice.root) {
    throw new Refusal('history-conflict', { where: `size ${notice.size}`, what: 'the notice names another history' });
  }
  const orphaned = await splitChannel(transaction, channel, notice.epoch, { size: notice.size, root, frontier });
  const other = party === relation.own ? relation.counterpart : relation.own;
  const witness = await readChannel(transaction, relation.number, other);
  const last = (await ranksAt(transaction, channel, [notice.size - 1])).get(notice.size - 1) ?? 0;
  await countAgain(transaction, witness, notice.size, last);
  await refold(transaction, relation.number);
  relation.authority.forget();
  if (orphaned === 0) return;
  await raiseAlarm(transaction, {
    relation: relation.number,
    time: parts.clock.now(),
    kind: 'orphaned',
    what: `${orphaned} entries of ${party} were left behind in epoch ${channel.epoch}. Look at each and release again what is still wanted`,
    proof: undefined,
  });
}

/**
 * Dossiers, their clocks and the times of leaves are derived: what was folded from entries that no longer stand is folded
 * anew. The digest's row goes first: it is the lock of who folds.
 */
async function refold(transaction: Transaction, relation: number): Promise<void> {
  for (const table of ['relation_digest', 'dossier', 'entry_time', 'clock_step', 'express_receipt']) {
    await transaction.query(`delete from ${table} where relation = $1`, [relation]);
  }
}
