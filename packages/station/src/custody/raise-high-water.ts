import { transact } from '../store/database.ts';
import type { HighWaterMark } from './high-water.ts';
import type { Parts } from './relation.ts';

/**
 * Raises the high-water mark of an origin, one process of the station at a time: of two that both read the old mark, the
 * smaller could be written last. The lock is the database's, which lets go of it when a process dies.
 * @throws Refusal `history-conflict` where another root has left at that size
 */
export async function raiseHighWater(
  { database, highWater }: Pick<Parts, 'database' | 'highWater'>,
  origin: string,
  mark: HighWaterMark,
): Promise<void> {
  await transact(database, async (transaction) => {
    await transaction.query({
      name: 'lock-high-water',
      text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`high-water ${origin}`],
    });
    await highWater.raise(origin, mark);
  });
}
