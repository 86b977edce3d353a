import type { Instant } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { readRoads, type RoadOfDossier } from '../store/candidates.ts';
import { type Transaction, transact } from '../store/database.ts';
import { type DueSubject, isAnyDue, nextDue, settleDue } from '../store/due-subjects.ts';
import { tellEvent } from '../store/events.ts';
import { becomeOtherRoad, insertMatch, type MatchUse, type NewMatch, withdrawStale } from '../store/matches.ts';
import { ComparedPurposes } from './compared-purposes.ts';
import { findCandidates, type FoundCandidate } from './find-candidates.ts';
import type { LikenessSearch } from './likeness-search.ts';

/** What screening works with. */
export interface ScreeningParts {
  readonly parts: Pick<Parts, 'database' | 'crypto' | 'clock'>;
  readonly relations: readonly Relation[];
  readonly likeness: LikenessSearch;
}

// Few at a time: the rows stand locked while they are compared, and an erasure of one of them waits for that.
const piece = 10;
const mostOfRoom = 50;

/**
 * Compares the next subjects of acts and drafts with what the station holds, and proposes each likely match to officers:
 * never more than a proposal. @returns how many subjects were compared; none where nothing is due
 */
export async function screenDue({ parts, relations, likeness }: ScreeningParts): Promise<number> {
  // Most looks find nothing, and need no transaction to do so.
  if (!(await isAnyDue(parts.database))) return 0;
  const purposes = new ComparedPurposes(relations);
  return transact(parts.database, async (transaction) => {
    const due = await nextDue(transaction, piece);
    const subjects = due.map(({ subject }) => subject);
    await withdrawStale(transaction, subjects);
    const made: MatchMade[] = [];
    for (const subject of due) {
      if (subject.purpose === null) continue;
      const asking = { ...subject, purpose: subject.purpose };
      const { thresholds } = purposes.termsOf(subject.relation);
      const atLeast = Math.min(thresholds['watch-list'], thresholds.dossier, thresholds['other-road']);
      const bounds = { limit: mostOfRoom, atLeast };
      const found = await findCandidates(transaction, likeness, purposes, asking, subject, bounds);
      made.push(...(await propose(transaction, purposes, subject, found, parts.clock.now())));
    }
    await settleDue(transaction, subjects);
    // Told last: the number of an event is locked until the commit, and others wait for it.
    for (const match of made) await tell(transaction, match);
    return due.length;
  });
}

interface MatchMade extends Pick<NewMatch, 'use' | 'relation' | 'otherRelation'> {
  readonly match: number;
  readonly dossier: string | null;
  readonly draft: string | null;
}

async function propose(
  transaction: Transaction,
  purposes: ComparedPurposes,
  subject: DueSubject,
  found: readonly FoundCandidate[],
  now: Instant,
): Promise<readonly MatchMade[]> {
  const roads = await roadsOf(transaction, subject, found);
  const { thresholds, otherRoadDays } = purposes.termsOf(subject.relation);
  const made: MatchMade[] = [];
  for (const { candidate, comparison } of found) {
    const use = useOf(subject, candidate, roads, otherRoadDays);
    if (comparison.probability < thresholds[use]) continue;
    const match = matchOf(use, subject, candidate, comparison);
    const number =
      (await insertMatch(transaction, now, match)) ??
      (use === 'other-road' ? await becomeOtherRoad(transaction, match) : undefined);
    const { dossier, draft } = subject;
    if (number !== undefined) made.push({ ...match, match: number, dossier, draft });
  }
  return made;
}

/** The younger subject stands on the left, whichever was compared first: so a pair is proposed once. An entry of a list stands right. */
function matchOf(
  use: MatchUse,
  subject: DueSubject,
  candidate: FoundCandidate['candidate'],
  { probability, terms }: FoundCandidate['comparison'],
): NewMatch {
  const one = { subject: subject.subject, hash: subject.hash };
  const other = { subject: candidate.subject, hash: candidate.hash };
  if (candidate.relation === null || candidate.subject < subject.subject) {
    return {
      use,
      relation: subject.relation,
      left: one,
      right: other,
      otherRelation: candidate.relation,
      probability,
      terms,
    };
  }
  const turned = terms.map((term) => ({ ...term, left: term.right, right: term.left }));
  return {
    use,
    relation: candidate.relation,
    left: other,
    right: one,
    otherRelation: subject.relation,
    probability,
    terms: turned,
  };
}

type Roads = ReadonlyMap<string, RoadOfDossier>;

async function roadsOf(
  transaction: Transaction,
  subject: DueSubject,
  found: readonly FoundCandidate[],
): Promise<Roads> {
  const named = [subject, ...found.map(({ candidate }) => candidate)].flatMap(({ relation, dossier }) =>
    relation === null || dossier === null ? [] : [{ relation, dossier }],
  );
  const roads = found.length === 0 ? [] : await readRoads(transaction, named);
  return new Map(roads.map((road) => [`${road.relation}/${road.dossier}`, road]));
}

function useOf(
  subject: DueSubject,
  { list, relation, dossier }: FoundCandidate['candidate'],
  roads: Roads,
  days: number,
): MatchUse {
  if (list !== null) return 'watch-list';
  const [one, other] = [roads.get(`${subject.relation}/${subject.dossier}`), roads.get(`${relation}/${dossier}`)];
  return one !== undefined && other !== undefined && isOneRequest(one, other, days) ? 'other-road' : 'dossier';
}

/** Two dossiers opened alike, by the same side, about one matter, within the days the accord names. */
function isOneRequest(one: RoadOfDossier, other: RoadOfDossier, days: number): boolean {
  return (
    one.opening === other.opening &&
    one.isOwn === other.isOwn &&
    one.crimeArea === other.crimeArea &&
    Math.abs(one.opened - other.opened) <= days * 86_400_000
  );
}

/** Told to whoever may know: what speaks of two relations names none, so that only those hear it who may know both. */
async function tell(
  transaction: Transaction,
  { match, use, relation, otherRelation, dossier, draft }: MatchMade,
): Promise<void> {
  const isAcross = otherRelation !== null && otherRelation !== relation;
  await tellEvent(transaction, isAcross ? undefined : relation, 'match-proposed', {
    match,
    use,
    ...(isAcross || dossier === null ? {} : { dossier }),
    ...(isAcross || draft === null ? {} : { draft }),
  });
}
