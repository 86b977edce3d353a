import {
  compareIdentities,
  compareNumbers,
  compareOrganisations,
  type Comparison,
  type Identity,
  searchedOrganisation,
} from '@entente/matching';
import type { Queryable } from '../store/database.ts';
import { type Candidate, candidatesByKey, readCandidates } from '../store/candidates.ts';
import type { Asking, ComparedPurposes } from './compared-purposes.ts';
import type { LikenessSearch } from './likeness-search.ts';
import { lookupKeys, numbersIn } from './number-key.ts';

/** A candidate that may be shown for the one asked, and how far the two agree. */
export interface FoundCandidate {
  readonly candidate: Candidate;
  readonly comparison: Comparison;
}

/** What is asked for: whom, by likeness and by numbers. */
export interface Wanted {
  readonly kind: string;
  readonly identity: Identity | null;
  readonly keys: readonly string[];
}

const mostByKey = 50;
// The structure weighs rarity by who stands in it, the comparison by how common names are: they differ a little.
const prefilter = 0.5;

/** Subjects like the one asked for in what the station holds, inside the purposes that may be compared; best first. */
export async function findCandidates(
  queryable: Queryable,
  likeness: LikenessSearch,
  purposes: ComparedPurposes,
  asking: Asking,
  { kind, identity, keys }: Wanted,
  bounds: { readonly limit: number; readonly atLeast: number },
): Promise<readonly FoundCandidate[]> {
  const relations = purposes.relationsFor(asking);
  const byNumber = await candidatesByKey(queryable, lookupKeys(keys), relations, mostByKey);
  const alike =
    identity === null ? [] : await likeTo(queryable, likeness, asking, { kind, identity }, relations, bounds);
  const found = new Map<number, FoundCandidate>();
  for (const candidate of byNumber) {
    const comparison = compareNumbers(numbersIn(keys), numbersIn(candidate.keys));
    found.set(candidate.subject, { candidate, comparison });
  }
  for (const one of alike.filter(({ candidate }) => purposes.may(asking, candidate))) {
    const known = found.get(one.candidate.subject)?.comparison.probability ?? 0;
    const compared = one.compare();
    if (compared.probability >= known)
      found.set(one.candidate.subject, { candidate: one.candidate, comparison: compared });
  }
  return [...found.values()]
    .filter(({ candidate, comparison }) => comparison.probability >= bounds.atLeast && purposes.may(asking, candidate))
    .toSorted((one, other) => other.comparison.probability - one.comparison.probability);
}

/** Candidates by likeness. They are compared by what the tables say of them: the search structure keeps only folded spellings. */
async function likeTo(
  queryable: Queryable,
  likeness: LikenessSearch,
  { purpose }: Asking,
  { kind, identity }: { readonly kind: string; readonly identity: Identity },
  relations: readonly number[],
  { limit, atLeast }: { readonly limit: number; readonly atLeast: number },
): Promise<readonly { readonly candidate: Candidate; readonly compare: () => Comparison }[]> {
  const rooms = await roomsFor(queryable, purpose, kind, relations);
  // What the structure holds against a person says nothing of an organisation: there it only gathers the nearest.
  const alike =
    kind === 'organisation'
      ? await likeness.search(rooms, searchedOrganisation(identity), limit, 0)
      : await likeness.search(rooms, identity, limit, atLeast * prefilter);
  const compare = kind === 'organisation' ? compareOrganisations : compareIdentities;
  const read = await readCandidates(
    queryable,
    alike.map(({ subject }) => subject),
  );
  return read.flatMap((candidate) => {
    const theirs = candidate.identity;
    return theirs === null ? [] : [{ candidate, compare: () => compare(identity, theirs) }];
  });
}

async function roomsFor(
  queryable: Queryable,
  purpose: string,
  kind: string,
  relations: readonly number[],
): Promise<readonly string[]> {
  const { rows } = await queryable.query<{ list: number }>({
    name: 'lists-for-purpose',
    text: 'select list from watch_list where $1 = any (purposes) order by list',
    values: [purpose],
  });
  return [
    ...relations.map((relation) => `relation/${relation}/${kind}`),
    ...rows.map(({ list }) => `list/${list}/${kind}`),
  ];
}
