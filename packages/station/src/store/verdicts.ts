import type { LogSize, NotedReason } from '@entente/protocol';
import type { Channel } from './channels.ts';
import type { Transaction } from './database.ts';

/** The verdict on an entry, and whether it writes a register. */
export interface Judged {
  readonly index: LogSize;
  readonly verdict: NotedReason | undefined;
  readonly register: boolean;
}

type Of = Pick<Channel, 'relation' | 'channel'>;

/** Until they are judged anew, entries from an index on write no register. */
export async function forgetRegisters(transaction: Transaction, of: Of, from: LogSize): Promise<void> {
  await transaction.query(
    'update entry set register = false where relation = $1 and channel = $2 and index >= $3 and register',
    [of.relation, of.channel, from],
  );
}

/** Writes down what entries were judged to be, where it is other than it was. */
export async function keepVerdicts(transaction: Transaction, of: Of, judged: readonly Judged[]): Promise<void> {
  await transaction.query(
    `update entry e set verdict = n.verdict, register = n.register
     from unnest($3::bigint[], $4::text[], $5::bool[]) as n (index, verdict, register)
     where e.relation = $1 and e.channel = $2 and e.index = n.index
       and (e.verdict, e.register) is distinct from (n.verdict, n.register)`,
    [
      of.relation,
      of.channel,
      judged.map(({ index }) => index),
      judged.map(({ verdict }) => verdict ?? null),
      judged.map(({ register }) => register),
    ],
  );
}
