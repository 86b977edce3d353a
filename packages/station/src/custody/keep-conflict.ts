import { canonicalJson, Refusal } from '@entente/protocol';
import { raiseAlarm } from '../store/alarms.ts';
import { readChannel, stopChannel } from '../store/channels.ts';
import { transact } from '../store/database.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Keeps two heads of the counterpart's channel that do not extend each other, raises the alarm and stops the channel
 * (invariant 5). Both notes are signed by its owner: anybody can check the fraud, or the accident.
 */
export async function keepConflict(
  parts: Parts,
  relation: Relation,
  theirNote: string,
  express?: string,
): Promise<Refusal> {
  const what = `${relation.counterpart} signed two histories of its channel. Both are kept; only acts of the floor pass, unwitnessed. Call the counterpart; its root key must sign an epoch notice naming the last common head`;
  await transact(parts.database, async (transaction) => {
    const channel = await readChannel(transaction, relation.number, relation.counterpart);
    const held = express ?? channel.signed?.note ?? null;
    const proof = canonicalJson({ held, received: theirNote });
    await raiseAlarm(transaction, {
      relation: relation.number,
      time: parts.clock.now(),
      kind: 'history-conflict',
      what,
      proof: new TextEncoder().encode(proof),
    });
    await stopChannel(transaction, channel.channel, 'conflict');
  });
  return new Refusal('history-conflict', { what });
}
