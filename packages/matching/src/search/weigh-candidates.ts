import type { BirthDate } from '../dates/birth-date.ts';
import { bestBirths, bestNames } from '../score/best-agreement.ts';
import { BIRTH_EVIDENCE } from '../score/birth-evidence.ts';
import { comparePrepared, evidenceOfRest, NAMELESS_PRIOR, probabilityOf } from '../score/compare-identities.ts';
import { nameEvidence } from '../score/name-evidence.ts';
import type { PreparedIdentity } from '../score/prepared.ts';
import type { Candidate } from './candidate.ts';
import { CROWD_BIRTH_EVIDENCE } from './crowd-birth.ts';
import type { Judged } from './best-judged.ts';
import type { KnownForms } from './known-forms.ts';
import { nameStanding } from './name-standing.ts';
import { readIdentity } from './read-identity.ts';
import { RecordReader } from './record.ts';
import { readText } from './text-bytes.ts';

/** Whole comparisons a query may cost, and one whose date says whom not to compare. */
const MOST_WEIGHED = 128;
const MOST_WEIGHED_DATED = 72;

/** How many of the best judged are worth a whole comparison. */
export function mostWeighed(births: readonly BirthDate[]): number {
  return births.length === 0 ? MOST_WEIGHED : MOST_WEIGHED_DATED;
}
/** Compares the `most` best judged in full, each key once; in the order they come. */
export function weighCandidates(
  query: PreparedIdentity,
  judged: readonly Judged[],
  known: KnownForms,
  most: number,
): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const { records, offset, nameJudgement } of judged) {
    if (candidates.size >= most) break;
    const record = new RecordReader(records);
    record.open(offset);
    const key = readText(record.key());
    if (!candidates.has(key)) candidates.set(key, weigh(key, query, readIdentity(record, known), nameJudgement));
  }
  return [...candidates.values()];
}

function weigh(key: string, query: PreparedIdentity, found: PreparedIdentity, nameJudgement: number): Candidate {
  const ofName = bestNames(query, found);
  const [ours, theirs] = [query.names[ofName.left], found.names[ofName.right]];
  const isAmongMany = query.names.length * found.names.length > 1;
  if (isAmongMany && ours !== undefined && theirs !== undefined) nameEvidence(ours, theirs);
  const named = ours !== undefined && theirs !== undefined;
  const birth = bestBirths(query, found).finding;
  const rest = evidenceOfRest(query, found);
  const evidence = (named ? ofName.evidence : NAMELESS_PRIOR) + (BIRTH_EVIDENCE[birth] ?? 0) + rest;
  const standing =
    (named ? nameStanding(ofName.evidence, nameJudgement) : 0) + (CROWD_BIRTH_EVIDENCE[birth] ?? 0) + rest;
  return {
    key,
    standing,
    evidence,
    probability: probabilityOf(evidence),
    explain: () => comparePrepared(query, found),
  };
}
