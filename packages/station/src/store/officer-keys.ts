import type { Instant, Sha256Hex } from '@entente/protocol';
import type { Queryable } from './database.ts';

/** A signing key of an officer, with the pseudonym it carries in one relation. */
export interface OfficerKeyRecord {
  readonly relation: number;
  readonly key: Sha256Hex;
  readonly officer: number;
  readonly pseudonym: string;
  readonly kind: string;
}

export async function keepOfficerKey(queryable: Queryable, record: OfficerKeyRecord): Promise<void> {
  const { relation, key, officer, pseudonym, kind } = record;
  await queryable.query(
    'insert into officer_key (relation, key, officer, pseudonym, kind) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [relation, Buffer.from(key, 'hex'), officer, pseudonym, kind],
  );
}

/** The keys of an officer that are not revoked. */
export async function livingKeys(queryable: Queryable, officer: number): Promise<readonly OfficerKeyRecord[]> {
  const { rows } = await queryable.query<OfficerKeyRecord>(
    `select relation, encode(key, 'hex') as key, officer, pseudonym, kind from officer_key
     where officer = $1 and revoked is null order by relation`,
    [officer],
  );
  return rows;
}

export async function revokeOfficerKey(
  queryable: Queryable,
  relation: number,
  key: Sha256Hex,
  now: Instant,
): Promise<void> {
  await queryable.query('update officer_key set revoked = $3 where relation = $1 and key = $2 and revoked is null', [
    relation,
    Buffer.from(key, 'hex'),
    now,
  ]);
}
