import type { SaidSubject } from './said-subject.ts';
import type { ClockReading, ClockTerms, DossierState, Json, JsonObject, Sha256Hex, Track } from '@entente/protocol';

/** A track with what its desk needs besides the fold: all of it data, so that API, command line and desk draw themselves. */
export interface DeclaredTrack extends Track {
  /** Fields that become mandatory by what the act says elsewhere. */
  readonly requirements: readonly Requirement[];
  readonly escalations: readonly Escalation[];
  readonly figures: readonly Figure[];
  /** Whom and what a body is about, as far as it can be compared; total: a body from outside may hold anything. */
  readonly subjectsOf: (fields: JsonObject) => readonly SaidSubject[];
  /** Sets of purposes, spelled `track/purpose`, that an accord starts from as comparable with each other. */
  readonly comparablePurposes: readonly (readonly string[])[];
  /** What an accord starts from; the accord's own terms decide. */
  readonly clockDefaults: Readonly<Record<string, ClockTerms>>;
  /** SHA-256 of the conformance vectors, as an accord names it: both sides run the same rules. */
  readonly vectors: Sha256Hex;
}

/** In acts of `types`, the body field `field` may not be missing when an input has the value, or when a handling code is set. */
export interface Requirement {
  readonly types: readonly string[] | 'any';
  readonly field: string;
  readonly when: { readonly input: string; readonly is: Json } | { readonly code: string };
}

/** Whose telephones ring: the unit that took the dossier in charge, the duty officers of both parties, their heads of desk. */
export type Rung = 'unit-in-charge' | 'both-duty-officers' | 'heads-of-desk';

/** One step, taken while the clock still runs; `part` of its time as `escalationInstants` counts it, 1 at the deadline. */
export interface Escalation {
  readonly name: string;
  readonly clock: string;
  readonly part: number;
  readonly to: Rung;
}

/** What a figure may look at: the folded state, and its clocks as read at the instant of counting. */
export interface Counted {
  readonly state: DossierState;
  readonly clock: (name: string) => ClockReading | undefined;
}

/** A proportion that names what it divides by what (DOMAIN §7, two denominators): both are sets of dossiers that can be listed. */
export interface Figure {
  readonly name: string;
  readonly numerator: (counted: Counted) => boolean;
  readonly denominator: (counted: Counted) => boolean;
}
