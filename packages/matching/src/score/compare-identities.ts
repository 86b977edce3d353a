import type { Comparison, EvidenceTerm } from '../comparison.ts';
import type { Identity } from '../identity.ts';
import { BIRTH_FINDINGS, BIRTH_MISSING } from '../dates/compare-births.ts';
import { DOCUMENT_EVIDENCE, DOCUMENT_MISSING } from '../documents/compare-documents.ts';
import { NUMBER_FINDINGS } from '../numbers/compare-written.ts';
import { PLACE_EVIDENCE, PLACE_FINDINGS, PLACE_MISSING } from '../places/compare-places.ts';
import { bestBirths, bestDocuments, bestNames, bestPlaces } from './best-agreement.ts';
import { BIRTH_EVIDENCE } from './birth-evidence.ts';
import { nameTerms } from './name-terms.ts';
import { prepareIdentity } from './prepared.ts';
import type { PreparedIdentity } from './prepared.ts';
import { sexEvidence, sexFinding } from './sex-evidence.ts';

/** −ln of the odds of one person before anything is compared, where a side has no name that can be read. */
export const NAMELESS_PRIOR = -6;

/** How far two identities may be one person, and why; never throws, and says the same whichever is first. */
export function compareIdentities(a: Identity, b: Identity): Comparison {
  return comparePrepared(prepareIdentity(a), prepareIdentity(b));
}

/** `compareIdentities` for identities read before. `evidence` is that of `evidenceOf`, and the sum of the terms. */
export function comparePrepared(a: PreparedIdentity, b: PreparedIdentity): Comparison {
  const terms = [
    ...namesExplained(a, b),
    ...birthsExplained(a, b),
    ...placesExplained(a, b),
    ...documentsExplained(a, b),
    ...sexExplained(a, b),
  ];
  const evidence = terms.reduce((sum, term) => sum + term.evidence, 0);
  const sorted = terms.toSorted((one, other) => Math.abs(other.evidence) - Math.abs(one.evidence));
  return { probability: probabilityOf(evidence), evidence, terms: sorted };
}

/** The sum that `comparePrepared` explains, without the explanation and without allocating: for ranking candidates. In nats. */
export function evidenceOf(a: PreparedIdentity, b: PreparedIdentity): number {
  const names = bestNames(a, b);
  const ofName = names.left < 0 ? NAMELESS_PRIOR : names.evidence;
  return ofName + (BIRTH_EVIDENCE[bestBirths(a, b).finding] ?? 0) + evidenceOfRest(a, b);
}

/** What is left of `evidenceOf` without names and births: places, papers and sex. In nats. */
export function evidenceOfRest(a: PreparedIdentity, b: PreparedIdentity): number {
  return (
    (PLACE_EVIDENCE[bestPlaces(a, b).finding] ?? 0) +
    (DOCUMENT_EVIDENCE[bestDocuments(a, b).finding] ?? 0) +
    sexEvidence(a.sex, b.sex)
  );
}

export function probabilityOf(evidence: number): number {
  return 1 / (1 + Math.exp(-evidence));
}

function namesExplained(a: PreparedIdentity, b: PreparedIdentity): readonly EvidenceTerm[] {
  const { left, right } = bestNames(a, b);
  const [first, second] = [a.names[left], b.names[right]];
  if (first === undefined || second === undefined) return [priorOf(NAMELESS_PRIOR)];
  const { prior, terms } = nameTerms(first, second);
  return [priorOf(prior), ...terms];
}

function priorOf(evidence: number): EvidenceTerm {
  return { about: 'prior', finding: 'prior', left: undefined, right: undefined, evidence };
}

function birthsExplained(a: PreparedIdentity, b: PreparedIdentity): readonly EvidenceTerm[] {
  const { left, right, finding } = bestBirths(a, b);
  if (finding === BIRTH_MISSING) return [];
  const term = {
    left: a.births[left]?.written,
    right: b.births[right]?.written,
    evidence: BIRTH_EVIDENCE[finding] ?? 0,
  };
  return [{ about: 'birth', finding: BIRTH_FINDINGS[finding] ?? 'missing', ...term }];
}

function placesExplained(a: PreparedIdentity, b: PreparedIdentity): readonly EvidenceTerm[] {
  const { left, right, finding } = bestPlaces(a, b);
  if (finding === PLACE_MISSING) return [];
  const term = {
    left: a.birthplaces[left]?.written,
    right: b.birthplaces[right]?.written,
    evidence: PLACE_EVIDENCE[finding] ?? 0,
  };
  return [{ about: 'birthplace', finding: PLACE_FINDINGS[finding] ?? 'missing', ...term }];
}

function documentsExplained(a: PreparedIdentity, b: PreparedIdentity): readonly EvidenceTerm[] {
  const { left, right, finding } = bestDocuments(a, b);
  if (finding === DOCUMENT_MISSING) return [];
  const term = {
    left: a.documents[left]?.written,
    right: b.documents[right]?.written,
    evidence: DOCUMENT_EVIDENCE[finding] ?? 0,
  };
  return [{ about: 'document', finding: NUMBER_FINDINGS[finding] ?? 'missing', ...term }];
}

function sexExplained(a: PreparedIdentity, b: PreparedIdentity): readonly EvidenceTerm[] {
  if (a.sex === undefined || b.sex === undefined) return [];
  const finding = sexFinding(a.sex, b.sex);
  return [{ about: 'sex', finding, left: a.sex, right: b.sex, evidence: sexEvidence(a.sex, b.sex) }];
}
