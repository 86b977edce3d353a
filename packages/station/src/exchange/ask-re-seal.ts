import { Refusal } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { writeStationActs } from '../release/station-acts.ts';
import { readChannel } from '../store/channels.ts';
import { transact } from '../store/database.ts';
import { putIntoOutbox, urgencies } from '../store/outbox.ts';
import { tellRelease } from './wake.ts';

/**
 * Asks the counterpart, by act, to seal again what we could not open: from what we hold of its channel on (PROTOCOL §4.3).
 * The same request does not wait twice; a counterpart that is on the line hears it by the refusal as well.
 */
export async function askReSeal(parts: Parts, relation: Relation, error: unknown): Promise<void> {
  if (!(error instanceof Refusal) || error.code !== 'seal-unopenable') return;
  await transact(parts.database, async (transaction) => {
    const theirs = await readChannel(transaction, relation.number, relation.counterpart);
    const statement = { type: 'relation/re-seal', inputs: { from: theirs.size }, urgency: urgencies.register };
    const [act] = await writeStationActs(parts, relation, transaction, [statement]);
    if (act === undefined) throw new Error('one statement makes one act');
    const { rowCount } = await transaction.query(
      `select from outbox where relation = $1 and act = $2
       union all select from entry where relation = $1 and act = $2`,
      [relation.number, act.act],
    );
    if ((rowCount ?? 0) > 0) return;
    await putIntoOutbox(transaction, relation.number, [act]);
    await tellRelease(transaction, relation.number);
  });
}
