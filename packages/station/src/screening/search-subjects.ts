import type { EvidenceTerm } from '@entente/matching';
import type { JsonObject } from '@entente/protocol';
import type { SaidNumber } from '@entente/tracks';
import { findMatchSide, type MatchSide } from '../store/matches.ts';
import type { Reader } from '../store/read-content.ts';
import { type FoundContent, readFound } from '../store/read-subjects.ts';
import type { RelationRecord } from '../store/relations.ts';
import { comparableSubject } from './comparable-subject.ts';
import { ComparedPurposes } from './compared-purposes.ts';
import { findCandidates, type FoundCandidate } from './find-candidates.ts';
import { readBirth } from './watch-list/read-birth.ts';
import type { ScreeningParts } from './screen-due.ts';

/** Whom an officer looks for, and the purpose, `track/purpose`, whose dossiers and lists may be searched for it. */
export interface SearchWanted {
  readonly for: string;
  readonly kind: 'person' | 'organisation';
  readonly names?: readonly string[];
  readonly births?: readonly string[];
  readonly birthplaces?: readonly string[];
  readonly numbers?: readonly SaidNumber[];
  readonly limit?: number;
}

/** Somebody found. What was withheld says what to do about it. */
export interface SearchHit {
  readonly probability: number;
  readonly terms: readonly EvidenceTerm[];
  readonly where: MatchSide;
  readonly content: FoundContent;
}

const usual = 20;

/**
 * Searches what the officer may know in a relation by likeness and by number, in any script: dossiers and drafts of
 * purposes that the accord lets be compared with the one named, and the watch lists kept for it. What was asked and what
 * was shown is logged.
 * @throws Refusal `purpose-missing`
 */
export async function searchSubjects(
  { parts, relations, likeness }: ScreeningParts,
  record: RelationRecord,
  wanted: SearchWanted,
  reader: Reader,
): Promise<readonly SearchHit[]> {
  const { database, crypto } = parts;
  const purposes = new ComparedPurposes(relations);
  const asking = { relation: record.relation, purpose: wanted.for };
  const limit = wanted.limit ?? usual;
  const bounds = { limit: Math.max(limit, usual) * 2, atLeast: purposes.termsOf(record.relation).thresholds.search };
  const whom = comparableSubject(crypto, saidIn(wanted));
  const found =
    whom === undefined
      ? []
      : await findCandidates(
          database,
          likeness,
          purposes,
          asking,
          { ...whom, identity: whom.identity ?? null },
          bounds,
        );
  const known = found.filter((one) => mayKnow(one, record, reader)).slice(0, limit);
  const query = { for: wanted.for, ...queryOf(wanted) };
  const contents = await readFound(
    database,
    crypto,
    record,
    known.map(({ candidate }) => candidate),
    reader,
    query,
  );
  const hits: SearchHit[] = [];
  for (const { candidate, comparison } of known) {
    const content = contents.get(candidate.subject);
    const where = await findMatchSide(database, candidate.subject);
    if (content === undefined || where === undefined) continue;
    const terms = content.kind === 'shown' ? comparison.terms : [];
    hits.push({ probability: comparison.probability, terms, where, content });
  }
  return hits;
}

function saidIn({
  kind,
  names = [],
  births = [],
  birthplaces = [],
  numbers = [],
}: SearchWanted): Parameters<typeof comparableSubject>[1] {
  const read = births.map(readBirth).filter((birth) => birth !== undefined);
  const identity = { names, births: read, birthplaces, documents: [], sex: undefined };
  return { kind, label: '', identity: names.length === 0 ? undefined : identity, numbers };
}

/** Whoever may know one relation only is shown nothing of another. */
function mayKnow({ candidate }: FoundCandidate, { relation }: RelationRecord, { caller }: Reader): boolean {
  return caller?.relation === undefined || candidate.relation === null || candidate.relation === relation;
}

/** What was asked, for the house log: an inspector must be able to see who was looked for. */
function queryOf({ kind, names = [], births = [], birthplaces = [], numbers = [] }: SearchWanted): JsonObject {
  return { kind, names, births, birthplaces, numbers: numbers.map((number) => ({ ...number })) };
}
