import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import type { Entry } from '../store/entries.ts';
import { noteDue } from '../store/express.ts';
import { type Outgoing, urgencies } from '../store/outbox.ts';
import type { ReleasedAct } from '../store/transfer-record.ts';

/** Notes which of the entries just released may go ahead of their prefix: what was urgent, answers apart (PROTOCOL §2.6). */
export async function noteUrgent(
  transaction: Transaction,
  channel: Channel,
  waiting: readonly Outgoing[],
  entries: readonly Entry[],
  released: readonly ReleasedAct[],
): Promise<void> {
  const urgent = new Set(waiting.filter(({ urgency }) => urgency >= urgencies.urgent).map(({ act }) => act.toHex()));
  for (const { act, head } of released) if (head.type === 'relation/express-receipt') urgent.delete(act);
  if (urgent.size === 0) return;
  await noteDue(
    transaction,
    channel,
    entries.filter(({ act }) => urgent.has(act.toHex())),
  );
}
