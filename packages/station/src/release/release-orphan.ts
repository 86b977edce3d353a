import { type ActId, Refusal } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { tellRelease } from '../exchange/wake.ts';
import { transact } from '../store/database.ts';
import { putIntoOutbox, urgencies } from '../store/outbox.ts';

/**
 * Puts an act that a new epoch of our channel left behind into the outbox again, as it was signed (PROTOCOL §2.5): by
 * choice, one by one. At its new place it is judged anew.
 * @throws Refusal `act-unknown` where no such act was left behind, `already-exists` where it waits or stands again
 */
export async function releaseOrphan(parts: Parts, relation: Relation, act: ActId): Promise<void> {
  const id = Buffer.from(act, 'hex');
  await transact(parts.database, async (transaction) => {
    const { rows } = await transaction.query<{ dossier: Uint8Array; envelope: Uint8Array; body: Uint8Array | null }>(
      `select e.dossier, e.envelope, e.body from channel c join entry e using (relation, channel)
       where c.relation = $1 and c.own and c.stopped = 'ended' and e.act = $2 limit 1`,
      [relation.number, id],
    );
    const [orphan] = rows;
    if (orphan === undefined) throw new Refusal('act-unknown', { where: act });
    const again = await transaction.query(
      `select from outbox where relation = $1 and act = $2
       union all select from entry where relation = $1 and act = $2 and verdict is distinct from 'orphaned'`,
      [relation.number, id],
    );
    if ((again.rowCount ?? 0) > 0) throw new Refusal('already-exists', { where: act });
    await putIntoOutbox(transaction, relation.number, [
      {
        ...orphan,
        body: orphan.body ?? undefined,
        act: id,
        urgency: urgencies.ordinary,
        notAfter: undefined,
        authorised: parts.clock.now(),
      },
    ]);
    await tellRelease(transaction, relation.number);
  });
}
