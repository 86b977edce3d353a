import type { BirthFinding } from './dates/compare-births.ts';
import type { NumberFinding } from './numbers/compare-written.ts';
import type { OrganisationFinding } from './organisations/organisation-finding.ts';
import type { PlaceFinding } from './places/compare-places.ts';
import type { NameFinding } from './score/name-finding.ts';
import type { SexFinding } from './score/sex-evidence.ts';

/** How far two identities may be one person, and why: a proposal to an officer, never a decision. */
export type Comparison = {
  /** Calibrated: of all comparisons with .8, about eight in ten are one person. In [0, 1]. */
  readonly probability: number;
  /** The sum of the terms, in nats, prior included. */
  readonly evidence: number;
  /** What was compared, strongest in either direction first. Their sum is `evidence`. */
  readonly terms: readonly EvidenceTerm[];
};

/** One part of an explanation: a log-likelihood ratio of what both sides say. */
export type EvidenceTerm = {
  readonly about: 'prior' | 'name' | 'birth' | 'birthplace' | 'document' | 'sex';
  /** What was found, a `Finding`; a string, since a kept explanation may be older than the list. Words for people are the caller's. */
  readonly finding: string;
  /** What each side wrote; undefined where a side says nothing. */
  readonly left: string | undefined;
  readonly right: string | undefined;
  /** In nats; above zero speaks for one person, below zero against. */
  readonly evidence: number;
};

/** Everything a comparison can find; `missing` is never a term. */
export type Finding =
  | 'prior'
  | NameFinding
  | BirthFinding
  | PlaceFinding
  | NumberFinding
  | OrganisationFinding
  | SexFinding;
