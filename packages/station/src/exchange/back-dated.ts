import { cosignedBeyondSeen, type Instant, type LogSize } from '@entente/protocol';
import type { ParcelEntry } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { raiseAlarm } from '../store/alarms.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';

interface Cosignature {
  readonly size: LogSize;
  readonly time: Instant;
}

/**
 * Alarms where the counterpart's entries claim to have seen less than it had cosigned by their time (PROTOCOL §3.3): such a
 * leaf is dated back, or hides what its author held. It stands all the same; the alarm names it.
 */
export async function alarmBackDated(
  transaction: Transaction,
  relation: Relation,
  own: Channel,
  from: LogSize,
  entries: readonly ParcelEntry[],
  now: Instant,
): Promise<void> {
  const cosignatures = await cosignedBeyond(transaction, own, entries);
  if (cosignatures.length === 0) return;
  for (const [at, { time, seen }] of entries.entries()) {
    const cosigned = cosignedBeyondSeen({ time, seen: seen.size }, cosignatures);
    if (cosigned === undefined) continue;
    const index = from + at;
    const what = `entry ${index} of ${relation.counterpart} claims to have seen ${seen.size} of our entries at a time at which ${cosigned.size} had been cosigned. Do not rely on its time; ask the counterpart why`;
    const proof = new TextEncoder().encode(own.cosigned?.note ?? '');
    await raiseAlarm(transaction, { relation: relation.number, time: now, kind: 'back-dated', what, proof });
    // One a parcel: the entries after it are of the same making.
    return;
  }
}

/** The counterpart's cosignatures of more than the first of these entries saw. */
async function cosignedBeyond(
  transaction: Transaction,
  own: Channel,
  entries: readonly ParcelEntry[],
): Promise<readonly Cosignature[]> {
  const [first] = entries;
  if (first === undefined || (own.cosigned?.size ?? 0) <= first.seen.size) return [];
  const { rows } = await transaction.query<Cosignature>({
    name: 'cosigned-beyond',
    text: `select size, time from cosignature where relation = $1 and channel = $2 and size > $3 order by size limit 1000`,
    values: [own.relation, own.channel, first.seen.size],
  });
  return rows;
}
