import { appendLeaves, leafHash, readFrontier, rootOf, writeFrontier } from '@entente/c2sp';
import { canonicalJson, type DossierId, type Instant, type JsonObject, type LogSize } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Queryable, Transaction } from './database.ts';

/** What kinds of things a party writes down for itself (PROTOCOL §1.7). */
export type HouseKind =
  | 'read'
  | 'export'
  | 'transfer'
  | 'draft'
  | 'gate'
  | 'roster'
  | 'officer'
  | 'administration'
  | 'alarm'
  | 'blind'
  | 'webhook'
  | 'erasure'
  | 'match'
  | 'restore';

/** One statement in the house log: who, when, why, what. */
export interface HouseStatement {
  readonly kind: HouseKind;
  readonly time: Instant;
  readonly what: JsonObject;
  /** The dossiers it speaks of. */
  readonly dossiers?: readonly { readonly relation: number; readonly dossier: DossierId }[];
}

/** The house log as it stands, and the head of it that was signed last. */
export interface HouseHead {
  readonly size: LogSize;
  readonly root: Uint8Array;
  readonly note: string | undefined;
}

export async function readHouseHead(queryable: Queryable): Promise<HouseHead> {
  const { rows } = await queryable.query<Omit<HouseHead, 'note'> & { note: string | null }>(
    'select size, root, signed_note as note from house',
  );
  const house = rows[0];
  if (house === undefined) throw new Error('the house log has one row from its migration on');
  return { ...house, note: house.note ?? undefined };
}

/** Appends to the house log in the caller's transaction: what it records and the record come to be together, or not at all. */
export async function writeHouseLog(
  transaction: Transaction,
  crypto: Crypto,
  statement: HouseStatement,
): Promise<LogSize> {
  const { rows } = await transaction.query<{ size: LogSize; frontier: Uint8Array }>(
    'select size, frontier from house for update',
  );
  const state = rows[0];
  if (state === undefined) throw new Error('the house log has one row from its migration on');
  const bytes = new TextEncoder().encode(
    canonicalJson({ kind: statement.kind, time: statement.time, what: statement.what }),
  );
  const leaf = leafHash(crypto, bytes);
  const { frontier, complete } = appendLeaves(crypto, readFrontier(state.size, state.frontier), [leaf]);
  await transaction.query(
    `with written as (insert into house_entry values ($1, $2, $3, $4, $5) returning index)
     update house set size = $1 + 1, root = $6, frontier = $7`,
    [state.size, statement.time, statement.kind, leaf, bytes, rootOf(crypto, frontier), writeFrontier(frontier)],
  );
  for (const { level, first, hashes } of complete) {
    if (level === 0) continue;
    await transaction.query('insert into house_node values ($1, $2, $3)', [level, first, hashes[0]]);
  }
  for (const { relation, dossier } of statement.dossiers ?? []) {
    await transaction.query('insert into house_subject values ($1, $2, $3) on conflict do nothing', [
      relation,
      Buffer.from(dossier, 'hex'),
      state.size,
    ]);
  }
  return state.size;
}
