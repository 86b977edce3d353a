import { Refusal } from '@entente/protocol';
import { raiseAlarm } from '../store/alarms.ts';
import { readChannel, stopChannel } from '../store/channels.ts';
import { transact } from '../store/database.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Stops our own channel where the counterpart says that it is not the one it holds: after a forced start, say. It takes no
 * more of it anyway; what we released would only be orphaned later.
 */
export async function heedConflict(parts: Parts, relation: Relation, error: unknown): Promise<void> {
  if (!(error instanceof Refusal)) return;
  if (error.code !== 'history-conflict' && error.code !== 'channel-stopped') return;
  await transact(parts.database, async (transaction) => {
    const own = await readChannel(transaction, relation.number, relation.own);
    if (own.stopped !== undefined) return;
    await stopChannel(transaction, own.channel, 'conflict');
    await raiseAlarm(transaction, {
      relation: relation.number,
      time: parts.clock.now(),
      kind: 'history-conflict',
      what: `${relation.counterpart} holds another history of our channel. Only acts of the floor pass, unwitnessed. Compare heads by telephone, then have our root key sign an epoch notice naming the last common head`,
      proof: new TextEncoder().encode(own.signed?.note ?? ''),
    });
  });
}
