import type { LogSize } from '@entente/protocol';
import type { Queryable } from './database.ts';

/**
 * What we left from an entry of our channel on is of no use: the counterpart could not open it, or will not know the keys that
 * signed it. Of several the lowest counts.
 */
export async function keepReSeal(queryable: Queryable, relation: number, from: number): Promise<void> {
  await queryable.query(
    `update channel set re_seal = least(re_seal, $2) where channel = (
       select channel from channel where relation = $1 and own order by epoch desc limit 1)`,
    [relation, from],
  );
}

/** From which entry on what lies where we left it is to be sealed anew; undefined where nothing is. */
export async function readReSeal(queryable: Queryable, relation: number): Promise<LogSize | undefined> {
  const { rows } = await queryable.query<{ from: LogSize | null }>(
    'select re_seal as "from" from channel where relation = $1 and own order by epoch desc limit 1',
    [relation],
  );
  return rows[0]?.from ?? undefined;
}

/** It is sealed anew; what was asked meanwhile stands. */
export async function forgetReSeal(queryable: Queryable, relation: number, from: LogSize): Promise<void> {
  await queryable.query('update channel set re_seal = null where relation = $1 and own and re_seal = $2', [
    relation,
    from,
  ]);
}
