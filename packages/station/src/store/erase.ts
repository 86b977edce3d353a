import type { ActId, DossierId, DossierState } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** Removes bodies that are still here, wherever the acts stand. Returns the acts that had one. */
export async function eraseBodies(
  transaction: Transaction,
  relation: number,
  acts: readonly ActId[],
): Promise<readonly ActId[]> {
  const { rows } = await transaction.query<{ act: ActId }>(
    `update entry set body = null where relation = $1 and act = any($2::bytea[]) and body is not null
     returning encode(act, 'hex') as act`,
    [relation, acts.map((act) => Buffer.from(act, 'hex'))],
  );
  return [...new Set(rows.map(({ act }) => act))];
}

/** Removes drafts of a dossier that name erased acts: they may repeat what was in them. Returns how many. */
export async function deleteDraftsNaming(
  transaction: Transaction,
  relation: number,
  dossier: DossierId,
  acts: readonly ActId[],
): Promise<number> {
  const { rowCount } = await transaction.query(
    `delete from draft where relation = $1 and dossier = decode($2, 'hex')
       and exists (select from unnest($3::text[]) act where position(act in content::text) > 0)`,
    [relation, dossier, acts],
  );
  return rowCount ?? 0;
}

/** Dossiers in which something speaks of erasing, in pieces. */
export async function* dossiersSpeakingOfErasure(
  queryable: Queryable,
  relation: number,
): AsyncGenerator<{ readonly dossier: DossierId; readonly folded: DossierState }> {
  let after = '';
  for (;;) {
    const { rows } = await queryable.query<{ dossier: DossierId; folded: DossierState }>(
      `select encode(dossier, 'hex') as dossier, folded from dossier
       where relation = $1 and dossier > decode($2, 'hex')
         and folded @? '$.acts[*] ? (exists(@.erased) || exists(@.recalled))'
       order by dossier limit 200`,
      [relation, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.dossier;
  }
}

/** Has the bytes of erased files removed once more: a restored folder may hold them again. */
export async function removeErasedAgain(queryable: Queryable, relation: number): Promise<void> {
  await queryable.query(`update attachment set state = 'erasing' where relation = $1 and state = 'erased'`, [relation]);
}
