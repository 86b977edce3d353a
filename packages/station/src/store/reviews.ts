import type { ActId, DossierId, Instant } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** Gates of an act that the floor waived: to be looked at by an instant. */
export interface Review {
  readonly act: ActId;
  readonly dossier: DossierId;
  readonly type: string;
  readonly gates: readonly string[];
  readonly released: Instant;
  readonly due: Instant;
}

/** Opens a review; one that is known stays as it is. */
export async function openReview(transaction: Transaction, relation: number, review: Review): Promise<void> {
  await transaction.query(
    `insert into review (relation, act, dossier, type, gates, released, due)
     values ($1, decode($2, 'hex'), decode($3, 'hex'), $4, $5, $6, $7) on conflict do nothing`,
    [relation, review.act, review.dossier, review.type, review.gates, review.released, review.due],
  );
}

const columns = `encode(act, 'hex') as act, encode(dossier, 'hex') as dossier, type, gates, released, due`;

/** Reviews that nobody has closed, the one due first before all, at most 500. */
export async function openReviews(queryable: Queryable, relation: number): Promise<readonly Review[]> {
  const { rows } = await queryable.query<Review>({
    name: 'open-reviews',
    text: `select ${columns} from review where relation = $1 and closed is null order by due limit 500`,
    values: [relation],
  });
  return rows;
}

/** A review with its row locked; undefined where the act needs none. */
export async function lockReview(
  transaction: Transaction,
  relation: number,
  act: ActId,
): Promise<(Review & { readonly closed: Instant | null }) | undefined> {
  const { rows } = await transaction.query<Review & { closed: Instant | null }>(
    `select ${columns}, closed from review where relation = $1 and act = decode($2, 'hex') for update`,
    [relation, act],
  );
  return rows[0];
}

export async function closeReviewRow(
  transaction: Transaction,
  relation: number,
  act: ActId,
  by: { readonly officer: number; readonly closed: Instant },
): Promise<void> {
  await transaction.query(
    `update review set closed = $3, officer = $4 where relation = $1 and act = decode($2, 'hex')`,
    [relation, act, by.closed, by.officer],
  );
}

/** Marks the open reviews that are late as told, and gives those that were not; another process gives others. */
export async function takeLateReviews(
  transaction: Transaction,
  relation: number,
  now: Instant,
): Promise<readonly Review[]> {
  const { rows } = await transaction.query<Review>(
    `update review set told = $2 where relation = $1 and act in (
       select act from review where relation = $1 and closed is null and told is null and due <= $2
       order by due limit 100 for update skip locked)
     returning ${columns}`,
    [relation, now],
  );
  return rows;
}
