import type { Identity } from '@entente/matching';
import type { Queryable, Transaction } from './database.ts';

/** A subject of an act or a draft with all that decides what it may be compared with. */
export interface DueSubject {
  readonly subject: number;
  readonly relation: number;
  readonly act: string | null;
  readonly draft: string | null;
  readonly dossier: string | null;
  /** `track/purpose`: as the act says it, else as its dossier does; none while that is not folded. */
  readonly purpose: string | null;
  readonly kind: string;
  readonly identity: Identity | null;
  readonly keys: readonly string[];
  readonly hash: Uint8Array;
}

/** The purpose of a row of `subject`, with its dossier as `dossier`. */
export const purposeOfSubject = `coalesce(subject.purpose, subject.track || '/' || (dossier.folded->'data'->>'purpose'))`;

/** Whether any subject is due; some may be left for a moment all the same. */
export async function isAnyDue(queryable: Queryable): Promise<boolean> {
  const { rowCount } = await queryable.query({ name: 'is-any-due', text: 'select from screening_due limit 1' });
  return rowCount === 1;
}

/**
 * The next subjects to compare, newest first, held by this transaction alone: what has just come does not wait until all is
 * compared with a new list. An act whose dossier is not folded yet is left for a moment: its purpose, and whether it is the same
 * request as another, are read there; but what came ahead of its prefix is folded late, and does not wait.
 */
export async function nextDue(transaction: Transaction, limit: number): Promise<readonly DueSubject[]> {
  const { rows } = await transaction.query<DueSubject>({
    name: 'next-due-subjects',
    text: `select subject.subject, subject.relation, encode(act, 'hex') as act, draft, encode(subject.dossier, 'hex') as dossier,
                  ${purposeOfSubject} as purpose, kind, identity, keys, hash
           from screening_due join subject using (subject)
             left join dossier on dossier.relation = subject.relation and dossier.dossier = subject.dossier
           where ${purposeOfSubject} is not null and (subject.act is null or dossier.dossier is not null or
             exists (select from express
                     where express.act = subject.act and express.relation = subject.relation and express.envelope is not null))
           order by screening_due.subject desc limit $1 for update of screening_due skip locked`,
    values: [limit],
  });
  return rows;
}

/** Subjects that were compared are no longer due. */
export async function settleDue(transaction: Transaction, subjects: readonly number[]): Promise<void> {
  await transaction.query({
    name: 'settle-due-subjects',
    text: 'delete from screening_due where subject = any($1::bigint[])',
    values: [subjects],
  });
}

export async function countDue(queryable: Queryable): Promise<number> {
  const { rows } = await queryable.query<{ due: number }>('select count(*)::int as due from screening_due');
  return rows[0]?.due ?? 0;
}
