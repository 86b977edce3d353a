import type { EvidenceTerm } from '@entente/matching';
import { type DossierId, type Instant, Refusal } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Queryable, Transaction } from './database.ts';
import { writeHouseLog } from './house-log.ts';
import { pageOf, type Page } from './page.ts';
import { type Caller, whoOf } from './tokens.ts';

/** What a match is proposed for (the accord has a threshold for each). */
export type MatchUse = 'watch-list' | 'dossier' | 'other-road';
export type MatchState = 'proposed' | 'confirmed' | 'rejected';

/** A match as it is written. */
export interface NewMatch {
  readonly use: MatchUse;
  readonly relation: number;
  readonly left: { readonly subject: number; readonly hash: Uint8Array };
  readonly right: { readonly subject: number; readonly hash: Uint8Array };
  readonly otherRelation: number | null;
  readonly probability: number;
  readonly terms: readonly EvidenceTerm[];
}

/**
 * Writes a match, unless it stands already or an officer has rejected two subjects that said just the same.
 * @returns its number; undefined where nothing was written
 */
export async function insertMatch(
  transaction: Transaction,
  now: Instant,
  match: NewMatch,
): Promise<number | undefined> {
  const { use, relation, left, right, otherRelation, probability, terms } = match;
  const { rows } = await transaction.query<{ match: number }>({
    name: 'insert-match',
    text: `insert into match (use, relation, "left", "right", left_hash, right_hash, other_relation, probability, terms, proposed)
           select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
           where not exists (
             select from match known
               join subject l on l.subject = known."left" join subject ours on ours.subject = $3
               join subject r on r.subject = known."right" join subject theirs on theirs.subject = $4
             where ((known.left_hash, known.right_hash) = ($5::bytea, $6::bytea)
                    or (known.left_hash, known.right_hash) = ($6::bytea, $5::bytea))
               and known.relation = $2 and known.other_relation is not distinct from $7::smallint
               -- What was rejected once is not proposed again for another act; what stands is not said twice of one dossier.
               and (known.state = 'rejected' or
                    (l.dossier, r.dossier, r.list) is not distinct from (ours.dossier, theirs.dossier, theirs.list)))
           on conflict do nothing returning match`,
    values: [
      use,
      relation,
      left.subject,
      right.subject,
      left.hash,
      right.hash,
      otherRelation,
      probability,
      JSON.stringify(terms),
      now,
    ],
  });
  return rows[0]?.match;
}

/**
 * Says of a match that nobody has decided yet that it is the same request by another road: when it was proposed, one of the
 * two dossiers was not folded. @returns its number; undefined where there is none to say it of
 */
export async function becomeOtherRoad(
  transaction: Transaction,
  { left, right }: Pick<NewMatch, 'left' | 'right'>,
): Promise<number | undefined> {
  const { rows } = await transaction.query<{ match: number }>({
    name: 'become-other-road',
    text: `update match set use = 'other-road'
           where use = 'dossier' and state = 'proposed' and "left" = $1 and "right" = $2 returning match`,
    values: [left.subject, right.subject],
  });
  return rows[0]?.match;
}

/** Takes back what was proposed of subjects that say something else now; what an officer decided stays on record. */
export async function withdrawStale(transaction: Transaction, subjects: readonly number[]): Promise<void> {
  await transaction.query({
    name: 'withdraw-stale-matches',
    text: `delete from match using subject where state = 'proposed' and subject.subject = any($1::bigint[])
             and (("left" = subject.subject and left_hash <> subject.hash)
               or ("right" = subject.subject and right_hash <> subject.hash))`,
    values: [subjects],
  });
}

/** One side of a match, without what it says. */
export interface MatchSide {
  readonly relation: string | null;
  readonly list: string | null;
  readonly act: string | null;
  readonly draft: string | null;
  readonly dossier: DossierId | null;
}

/** A match in a list: where, how likely, what was decided; no personal data. */
export interface MatchSummary {
  readonly match: number;
  readonly use: MatchUse;
  readonly kind: string;
  readonly probability: number;
  readonly state: MatchState;
  readonly proposed: Instant;
  readonly decided: Instant | null;
  readonly officer: number | null;
  readonly left: MatchSide;
  readonly right: MatchSide;
}

const side = (name: 'l' | 'r'): string =>
  `json_build_object('relation', (select name from relation where relation = ${name}.relation),
     'list', (select name from watch_list where list = ${name}.list), 'act', encode(${name}.act, 'hex'), 'draft', ${name}.draft,
     'dossier', encode(${name}.dossier, 'hex'))`;
const summary = `match, use, l.kind, probability::float8, state, proposed, decided, officer, ${side('l')} as "left", ${side('r')} as "right"`;
const joined = `match join subject l on l.subject = match."left" join subject r on r.subject = match."right"`;
/** Whoever may know one relation only is shown nothing that speaks of another. */
const visible = `(match.relation = $1 or match.other_relation = $1) and ($2 or coalesce(match.other_relation, match.relation) = match.relation)`;

/** Which matches are wanted. */
export interface MatchFilter {
  readonly relation: number;
  /** Whether the caller may know every relation. */
  readonly all: boolean;
  readonly state: string | undefined;
  readonly dossier: string | undefined;
  readonly draft: string | undefined;
  readonly before: number | undefined;
  readonly limit: number;
}

/** Matches of a relation, newest first. */
export async function pageMatches(queryable: Queryable, filter: MatchFilter): Promise<Page<MatchSummary>> {
  const { relation, all, state, dossier, draft, before, limit } = filter;
  const { rows } = await queryable.query<MatchSummary>({
    name: 'page-matches',
    text: `select ${summary} from ${joined}
           where ${visible} and ($3::text is null or state = $3)
             and ($4::text is null or decode($4, 'hex') in (l.dossier, r.dossier))
             and ($5::uuid is null or $5 in (l.draft, r.draft)) and ($6::bigint is null or match < $6)
           order by match desc limit $7`,
    values: [relation, all, state ?? null, dossier ?? null, draft ?? null, before ?? null, limit + 1],
  });
  return pageOf(rows, limit, ({ match }) => [match]);
}

/** @throws Refusal `match-unknown` */
export async function findMatch(
  queryable: Queryable,
  { relation, all }: Pick<MatchFilter, 'relation' | 'all'>,
  match: number,
): Promise<MatchSummary> {
  const { rows } = await queryable.query<MatchSummary>({
    name: 'find-match',
    text: `select ${summary} from ${joined} where ${visible} and match = $3`,
    values: [relation, all, match],
  });
  if (rows[0] === undefined) throw new Refusal('match-unknown', { where: String(match) });
  return rows[0];
}

/** Where a subject stands; undefined for one that has gone. */
export async function findMatchSide(queryable: Queryable, subject: number): Promise<MatchSide | undefined> {
  const { rows } = await queryable.query<{ side: MatchSide }>(
    `select ${side('l')} as side from subject l where subject = $1`,
    [subject],
  );
  return rows[0]?.side;
}

/** How many undecided matches each dossier has that the caller may know. */
export async function countProposed(
  queryable: Queryable,
  { relation, all }: Pick<MatchFilter, 'relation' | 'all'>,
  dossiers: readonly DossierId[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await queryable.query<{ dossier: string; count: number }>({
    name: 'count-proposed',
    text: `select encode(asked.dossier, 'hex') as dossier, count(distinct match)::int as count
           from unnest($3::bytea[]) as asked (dossier)
             join subject s on s.relation = $1 and s.dossier = asked.dossier
             join match on s.subject in (match."left", match."right")
           where ${visible} and state = 'proposed' group by asked.dossier`,
    values: [relation, all, dossiers.map((dossier) => Buffer.from(dossier, 'hex'))],
  });
  return new Map(rows.map(({ dossier, count }) => [dossier, count]));
}

/** How many matches of a relation no officer has decided. */
export async function countWaiting(queryable: Queryable, relation: number): Promise<number> {
  const { rows } = await queryable.query<{ waiting: number }>(
    `select count(*)::int as waiting from match where relation = $1 and state = 'proposed'`,
    [relation],
  );
  return rows[0]?.waiting ?? 0;
}

/**
 * Writes down what an officer decided, and who, when and why to the house log, in one transaction.
 * @throws Refusal `match-unknown`; `already-exists` where somebody decided it before
 */
export async function decideMatch(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  found: Pick<MatchSummary, 'match' | 'use' | 'left' | 'right'>,
  decision: { readonly state: Exclude<MatchState, 'proposed'>; readonly reason: string },
  by: Caller & { readonly officer: number },
): Promise<void> {
  const { rowCount } = await transaction.query(
    `update match set state = $2, decided = $3, officer = $4 where match = $1 and state = 'proposed'`,
    [found.match, decision.state, now, by.officer],
  );
  if (rowCount !== 1)
    throw new Refusal('already-exists', { where: String(found.match), what: 'it was decided before' });
  const { left, right } = found;
  const { rows: dossiers } = await transaction.query<{ relation: number; dossier: DossierId }>(
    `select distinct subject.relation, encode(dossier, 'hex') as dossier
     from match join subject on subject in ("left", "right") where match = $1 and dossier is not null`,
    [found.match],
  );
  await writeHouseLog(transaction, crypto, {
    kind: 'match',
    time: now,
    what: {
      done: decision.state,
      match: found.match,
      use: found.use,
      reason: decision.reason,
      left: { ...left },
      right: { ...right },
      by: whoOf(by),
    },
    dossiers,
  });
}
