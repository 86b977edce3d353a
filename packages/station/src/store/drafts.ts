import { type DossierId, type Instant, Refusal } from '@entente/protocol';
import type { Draft } from '@entente/tracks';
import type { Queryable } from './database.ts';

/** A draft as it is kept: nobody has signed it, nothing of it has left. */
export interface KeptDraft {
  readonly draft: string;
  readonly dossier: DossierId | null;
  readonly officer: number | null;
  readonly made: Instant;
  readonly changed: Instant;
  readonly content: Draft;
}

/** A draft in a list: what it is of and who began it, and nothing of what stands in it. */
export interface DraftSummary extends Omit<KeptDraft, 'content'> {
  readonly track: string;
  readonly type: string;
}

export interface NewDraft {
  readonly dossier: DossierId | undefined;
  readonly officer: number | undefined;
  readonly content: Draft;
}

const columns = `draft, encode(dossier, 'hex') as dossier, officer, made, changed, content`;

/** The drafts of a relation, the last changed first; without content, which only `readDraft` gives. */
export async function listDrafts(queryable: Queryable, relation: number): Promise<readonly DraftSummary[]> {
  const { rows } = await queryable.query<DraftSummary>(
    `select draft, encode(dossier, 'hex') as dossier, officer, made, changed, content->>'track' as track,
            content->>'type' as type
     from draft where relation = $1 order by changed desc, draft limit 500`,
    [relation],
  );
  return rows;
}

export async function insertDraft(
  queryable: Queryable,
  relation: number,
  now: Instant,
  { dossier, officer, content }: NewDraft,
): Promise<KeptDraft> {
  const { rows } = await queryable.query<KeptDraft>(
    `insert into draft (draft, relation, dossier, officer, made, changed, content)
     values (gen_random_uuid(), $1, decode($2, 'hex'), $3, $4, $4, $5) returning ${columns}`,
    [relation, dossier ?? null, officer ?? null, now, content],
  );
  return found(rows[0], 'draft');
}

/** Replaces a draft. @throws Refusal `act-unknown`; `head-behind` where somebody changed it since */
export async function updateDraft(
  queryable: Queryable,
  relation: number,
  draft: string,
  since: Instant,
  now: Instant,
  { dossier, officer, content }: NewDraft,
): Promise<KeptDraft> {
  const { rows } = await queryable.query<KeptDraft>(
    `update draft set dossier = decode($4, 'hex'), officer = $5, changed = greatest($6::bigint, changed + 1), content = $7
     where relation = $1 and draft = $2 and changed = $3 returning ${columns}`,
    [relation, draft, since, dossier ?? null, officer ?? null, now, content],
  );
  if (rows[0] !== undefined) return rows[0];
  await checkKnown(queryable, relation, draft);
  throw new Refusal('head-behind', { where: '$.changed', what: 'somebody changed the draft since' });
}

/** @throws Refusal `act-unknown` */
export async function deleteDraft(queryable: Queryable, relation: number, draft: string): Promise<void> {
  const { rowCount } = await queryable.query('delete from draft where relation = $1 and draft = $2', [relation, draft]);
  if (rowCount !== 1) throw new Refusal('act-unknown', { where: draft });
}

async function checkKnown(queryable: Queryable, relation: number, draft: string): Promise<void> {
  const { rowCount } = await queryable.query('select from draft where relation = $1 and draft = $2', [relation, draft]);
  if (rowCount !== 1) throw new Refusal('act-unknown', { where: draft });
}

function found(row: KeptDraft | undefined, draft: string): KeptDraft {
  if (row === undefined) throw new Refusal('act-unknown', { where: draft });
  return row;
}
