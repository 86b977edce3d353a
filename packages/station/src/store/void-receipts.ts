import type { LogSize } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** Holds the counterpart's receipts of our channel for void from a size on: whoever gave them was not to be trusted then. */
export async function voidReceipts(transaction: Transaction, channel: number, from: number): Promise<void> {
  await transaction.query(
    `update channel set void_from = least(void_from, $2::bigint), void_to = greatest(void_to, size),
            void_note = case when cosigned_size > $2 then cosigned_note else void_note end,
            cosigned_note = case when cosigned_size > $2 then null else cosigned_note end,
            cosigned_size = case when cosigned_size > $2 then 0 else cosigned_size end
     where channel = $1 and size > $2`,
    [channel, from],
  );
}

/** The size from which our channel is to be sent again; undefined where every receipt stands. */
export async function voidFrom(queryable: Queryable, channel: number): Promise<LogSize | undefined> {
  const { rows } = await queryable.query<{ from: LogSize | null }>({
    name: 'void-from',
    text: 'select void_from as "from" from channel where channel = $1',
    values: [channel],
  });
  return rows[0]?.from ?? undefined;
}
