import { Refusal } from '@entente/protocol';

// PostgreSQL: disk_full. The system: no space, over quota, file too large.
const full: ReadonlySet<unknown> = new Set(['53100', 'ENOSPC', 'EDQUOT', 'EFBIG']);
// Out of memory, too many connections, shut down, crashed, starting; and a connection that breaks or is not there.
const passing: ReadonlySet<unknown> = new Set(
  '53200 53300 57P01 57P02 57P03 08000 08001 08003 08004 08006 ECONNREFUSED ECONNRESET EPIPE'.split(' '),
);

/** A fault of the database in our words, where trying again may help; anything else is a defect and stays what it is. */
export function databaseFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal) return error;
  const code = 'code' in error ? error.code : undefined;
  if (full.has(code)) return new Refusal('store-full', { retryAfter: 60 }, { cause: error });
  const isBroken = passing.has(code) || error.message.startsWith('Connection terminated');
  return isBroken ? new Refusal('link-down', { what: 'the database', retryAfter: 5 }, { cause: error }) : error;
}
