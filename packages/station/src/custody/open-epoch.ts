import { rootOf } from '@entente/c2sp';
import { isLogSize, type LogSize, type PartyId, Refusal } from '@entente/protocol';
import { raiseAlarm } from '../store/alarms.ts';
import { lockChannel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { ranksAt } from '../store/entries.ts';
import { countAgain, splitChannel } from '../store/epochs.ts';
import { clearFoldedMark, holdFolding } from '../store/folding.ts';
import { frontierAt } from './frontier-at.ts';
import { judgeAgain } from './judge-again.ts';
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
  await holdFolding(transaction, relation.number);
  const other = party === relation.own ? relation.counterpart : relation.own;
  const channel = await lockChannel(transaction, relation.number, party);
  if (notice.epoch !== channel.epoch + 1) throw new Refusal('wrong-epoch', { what: `epoch ${channel.epoch} is open` });
  // Its row too: an entry appended meanwhile would have seen what is left behind, and be counted by nobody.
  const witness = await lockChannel(transaction, relation.number, other);
  const isRestored = (channel.own ? channel : witness).stopped === 'not-caught-up';
  if (!isLogSize(notice.size) || (notice.size > channel.size && !isRestored)) {
    throw new Refusal('head-behind', { what: `${channel.size} entries are held` });
  }
  // A restored database may end within the common prefix: the rest of it comes back in the new epoch.
  const size = Math.min(notice.size, channel.size) as LogSize;
  const frontier = await frontierAt(transaction, parts.crypto, channel, size);
  const root = rootOf(parts.crypto, frontier);
  if (size === notice.size && root.toHex() !== notice.root) {
    throw new Refusal('history-conflict', { where: `size ${size}`, what: 'the notice names another history' });
  }
  const common = { size: notice.size, held: { size, root, frontier } };
  const orphaned = await splitChannel(transaction, channel, notice.epoch, common);
  const last = (await ranksAt(transaction, channel, [notice.size - 1])).get(notice.size - 1) ?? 0;
  const first = await countAgain(transaction, witness, notice.size, last);
  const judged = first === undefined ? 0 : await judgeAgain(parts, relation, transaction, witness, first);
  await refold(transaction, relation.number);
  relation.authority.forget();
  if (orphaned === 0) return;
  const anew = judged === 0 ? '' : `; ${judged} entries of ${other} count otherwise without them`;
  await raiseAlarm(transaction, {
    relation: relation.number,
    time: parts.clock.now(),
    kind: 'orphaned',
    what: `${orphaned} entries of ${party} were left behind in epoch ${channel.epoch}${anew}. Look at each and release again what is still wanted`,
    proof: undefined,
  });
}

/**
 * Dossiers, their clocks and the times of leaves are derived: what was folded from entries that no longer stand is folded
 * anew. What was told of a clock stays told: nobody is woken twice for one step.
 */
async function refold(transaction: Transaction, relation: number): Promise<void> {
  await clearFoldedMark(transaction, relation);
  for (const table of ['dossier', 'entry_time', 'express_receipt']) {
    await transaction.query(`delete from ${table} where relation = $1`, [relation]);
  }
}
