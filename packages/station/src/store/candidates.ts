import type { Identity } from '@entente/matching';
import type { Json } from '@entente/protocol';
import type { Queryable } from './database.ts';
import { purposeOfSubject } from './due-subjects.ts';

/** A subject that may be the one compared, with what decides whether it may be shown for it. */
export interface Candidate {
  readonly subject: number;
  /** None: of a watch list. */
  readonly relation: number | null;
  readonly list: number | null;
  /** For which a watch list may be searched. */
  readonly purposes: readonly string[] | null;
  readonly act: string | null;
  readonly draft: string | null;
  readonly dossier: string | null;
  readonly purpose: string | null;
  readonly kind: string;
  readonly identity: Identity | null;
  readonly keys: readonly string[];
  readonly hash: Uint8Array;
}

const columns = `subject.subject, subject.relation, subject.list, watch_list.purposes, encode(subject.act, 'hex') as act,
  subject.draft, encode(subject.dossier, 'hex') as dossier, ${purposeOfSubject} as purpose, subject.kind, subject.identity, subject.keys, subject.hash`;
const joined = `subject left join watch_list on watch_list.list = subject.list
  left join dossier on dossier.relation = subject.relation and dossier.dossier = subject.dossier`;

/** Subjects by number; those that have gone meanwhile are left out. */
export async function readCandidates(queryable: Queryable, subjects: readonly number[]): Promise<readonly Candidate[]> {
  if (subjects.length === 0) return [];
  const { rows } = await queryable.query<Candidate>({
    name: 'read-candidates',
    text: `select ${columns} from ${joined} where subject.subject = any($1::bigint[])`,
    values: [subjects],
  });
  return rows;
}

/** Subjects that share a number with these keys, in one relation, or in watch lists; at most so many. */
export async function candidatesByKey(
  queryable: Queryable,
  keys: readonly string[],
  relations: readonly number[],
  limit: number,
): Promise<readonly Candidate[]> {
  if (keys.length === 0) return [];
  const { rows } = await queryable.query<Candidate>({
    name: 'candidates-by-key',
    text: `select ${columns} from ${joined}
           where subject.keys && $1 and (subject.list is not null or subject.relation = any($2::smallint[]))
           order by subject.subject desc limit $3`,
    values: [keys, relations, limit],
  });
  return rows;
}

/** What tells whether two dossiers may be one request by two roads. */
export interface RoadOfDossier {
  readonly relation: number;
  readonly dossier: string;
  /** Whether we opened it. */
  readonly isOwn: boolean;
  readonly opened: number;
  readonly opening: string;
  readonly crimeArea: Json | null;
}

export async function readRoads(
  queryable: Queryable,
  dossiers: readonly { readonly relation: number; readonly dossier: string }[],
): Promise<readonly RoadOfDossier[]> {
  const { rows } = await queryable.query<RoadOfDossier>({
    name: 'read-roads',
    text: `select dossier.relation, encode(dossier, 'hex') as dossier, opener = relation.own as "isOwn", opened, folded->'acts'->0->>'type' as opening,
                  folded->'data'->'crimeArea' as "crimeArea"
           from dossier join relation using (relation) join unnest($1::smallint[], $2::bytea[]) as asked (of_relation, of_dossier)
             on dossier.relation = of_relation and dossier = of_dossier`,
    values: [dossiers.map(({ relation }) => relation), dossiers.map(({ dossier }) => Buffer.from(dossier, 'hex'))],
  });
  return rows;
}
