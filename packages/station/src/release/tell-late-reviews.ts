import type { Parts, Relation } from '../custody/relation.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { transact } from '../store/database.ts';
import { takeLateReviews } from '../store/reviews.ts';

/** Alarms of every review that nobody closed in time, each once, over any number of processes. @returns how many */
export async function tellLateReviews(parts: Parts, relation: Relation): Promise<number> {
  return transact(parts.database, async (transaction) => {
    const time = parts.clock.now();
    const late = await takeLateReviews(transaction, relation.number, time);
    for (const { act, type, dossier, gates } of late) {
      const what = `dossier ${dossier}: ${type} ${act} passed by the floor without ${gates.join(', ')}, and nobody has reviewed it within 24 hours. See entente inbox, then: entente review close`;
      await raiseAlarm(transaction, { relation: relation.number, time, kind: 'review-late', what, proof: undefined });
    }
    return late.length;
  });
}
