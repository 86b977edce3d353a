import type { Sha256Hex } from '@entente/protocol';
import { copyRows } from './copy-rows.ts';
import type { Queryable, Transaction } from './database.ts';

// So few bytes are written with one statement, in hexadecimal; more with a look and one COPY.
const fewBytes = 8192;

/** Keeps approvals that are not kept yet. */
export async function keepApprovals(
  transaction: Transaction,
  relation: number,
  approvals: ReadonlyMap<Sha256Hex, Uint8Array>,
): Promise<void> {
  if (approvals.size === 0) return;
  if ([...approvals.values()].reduce((sum, { length }) => sum + length, 0) <= fewBytes)
    return insertApprovals(transaction, relation, [...approvals]);
  const { rows } = await transaction.query<{ hash: string }>({
    name: 'known-approvals',
    text: `select encode(hash, 'hex') as hash from approval where relation = $1 and hash = any($2::bytea[])`,
    values: [relation, [...approvals.keys()].map((hash) => Buffer.from(hash, 'hex'))],
  });
  const known = new Set(rows.map(({ hash }) => hash));
  const fresh = [...approvals].filter(([hash]) => !known.has(hash));
  if (fresh.length === 0) return;
  await copyRows(
    transaction,
    'approval',
    { relation: 'int2', hash: 'bytea', bytes: 'bytea' },
    fresh.map(([hash, bytes]) => [relation, Buffer.from(hash, 'hex'), bytes]),
  );
}

async function insertApprovals(
  transaction: Transaction,
  relation: number,
  approvals: readonly (readonly [Sha256Hex, Uint8Array])[],
): Promise<void> {
  await transaction.query({
    name: 'insert-approvals',
    text: `insert into approval select $1, * from unnest($2::bytea[], $3::bytea[]) on conflict do nothing`,
    values: [relation, approvals.map(([hash]) => Buffer.from(hash, 'hex')), approvals.map(([, bytes]) => bytes)],
  });
}

/** Reads approvals by their hashes; those that are not here are left out. */
export async function readApprovals(
  queryable: Queryable,
  relation: number,
  hashes: readonly Sha256Hex[],
): Promise<ReadonlyMap<Sha256Hex, Uint8Array>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await queryable.query<{ hash: Sha256Hex; bytes: Uint8Array }>({
    name: 'read-approvals',
    text: `select encode(hash, 'hex') as hash, bytes from approval where relation = $1 and hash = any($2::bytea[])`,
    values: [relation, hashes.map((hash) => Buffer.from(hash, 'hex'))],
  });
  return new Map(rows.map(({ hash, bytes }) => [hash, bytes]));
}
