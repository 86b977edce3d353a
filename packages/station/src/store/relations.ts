import type { PartyId, RelationId, Sha256Hex } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** A relation as it is kept. */
export interface RelationRecord {
  readonly relation: number;
  readonly name: RelationId;
  readonly own: PartyId;
  readonly counterpart: PartyId;
}

/** The record of a relation that runs. */
export function recordOf({
  number,
  name,
  own,
  counterpart,
}: Omit<RelationRecord, 'relation'> & { readonly number: number }): RelationRecord {
  return { relation: number, name, own, counterpart };
}

/** A keyset's signed bytes, by whose it is. */
export interface KeysetRecord {
  readonly party: PartyId;
  readonly number: number;
  readonly hash: Sha256Hex;
  readonly envelope: Uint8Array;
}

/** Everything that is kept of a relation besides its channels. */
export interface RelationPapers {
  readonly accords: readonly { readonly hash: Sha256Hex; readonly envelope: Uint8Array }[];
  readonly keysets: readonly KeysetRecord[];
}

const emptyRoot = `sha256('')`;

/** Founds a relation: its two empty channels, its first accord, both first keysets. */
export async function insertRelation(
  transaction: Transaction,
  record: Omit<RelationRecord, 'relation'>,
  papers: RelationPapers,
): Promise<RelationRecord> {
  const { rows } = await transaction.query<{ relation: number }>(
    'insert into relation (name, own, counterpart) values ($1, $2, $3) returning relation',
    [record.name, record.own, record.counterpart],
  );
  const relation = rows[0]?.relation;
  if (relation === undefined) throw new Error('an insert returns its row');
  await transaction.query(
    `insert into channel (relation, owner, epoch, own, root, frontier)
     values ($1, $2, 1, true, ${emptyRoot}, ''), ($1, $3, 1, false, ${emptyRoot}, '')`,
    [relation, record.own, record.counterpart],
  );
  for (const accord of papers.accords) await keepAccord(transaction, relation, accord);
  for (const keyset of papers.keysets) await keepKeyset(transaction, relation, keyset);
  return { relation, ...record };
}

export async function keepAccord(
  transaction: Transaction,
  relation: number,
  { hash, envelope }: RelationPapers['accords'][number],
): Promise<void> {
  await transaction.query(
    `insert into accord (relation, hash, envelope, accepted)
     select $1, $2, $3, count(*) from accord where relation = $1 on conflict do nothing`,
    [relation, Buffer.from(hash, 'hex'), envelope],
  );
}

export async function keepKeyset(transaction: Transaction, relation: number, keyset: KeysetRecord): Promise<void> {
  await transaction.query('insert into keyset values ($1, $2, $3, $4, $5) on conflict do nothing', [
    relation,
    keyset.party,
    keyset.number,
    Buffer.from(keyset.hash, 'hex'),
    keyset.envelope,
  ]);
}

/** How many keysets and notices of both roots are kept: none is ever removed. */
export async function countRootPapers(queryable: Queryable, relation: number): Promise<number> {
  const { rows } = await queryable.query<{ papers: number }>({
    name: 'count-root-papers',
    text: `select (select count(*) from keyset where relation = $1)::int
                + (select count(*) from notice where relation = $1)::int as papers`,
    values: [relation],
  });
  return rows[0]?.papers ?? 0;
}

export async function listRelations(queryable: Queryable): Promise<readonly RelationRecord[]> {
  const { rows } = await queryable.query<RelationRecord>(
    'select relation, name, own, counterpart from relation order by relation',
  );
  return rows;
}

/** The signed papers of a relation, oldest first. */
export async function readPapers(queryable: Queryable, relation: number): Promise<RelationPapers> {
  const accords = await queryable.query<RelationPapers['accords'][number]>(
    `select encode(hash, 'hex') as hash, envelope from accord where relation = $1 order by accepted`,
    [relation],
  );
  const keysets = await queryable.query<KeysetRecord>(
    `select party, number, encode(hash, 'hex') as hash, envelope from keyset where relation = $1 order by party, came`,
    [relation],
  );
  return { accords: accords.rows, keysets: keysets.rows };
}
