import type { Queryable } from './database.ts';

/** The nonce of what a restored station asks about a relation; made at the first call. @param fresh 16 random bytes */
export async function keepQuestion(queryable: Queryable, relation: number, fresh: Uint8Array): Promise<string> {
  const { rows } = await queryable.query<{ nonce: string }>(
    `insert into question values ($1, $2) on conflict (relation) do update set nonce = question.nonce
     returning encode(nonce, 'hex') as nonce`,
    [relation, fresh],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an upsert returns its row');
  return row.nonce;
}

export async function forgetQuestion(queryable: Queryable, relation: number): Promise<void> {
  await queryable.query('delete from question where relation = $1', [relation]);
}
