import type { Identity } from '../identity.ts';

export type SexFinding = 'same-sex' | 'other-sex';

/** Nats, set by hand: half of all strangers agree, and one entry in thirty is a slip of the form. */
const AGREES = 0.4;
const DIFFERS = -3;

export function sexEvidence(a: Identity['sex'], b: Identity['sex']): number {
  if (a === undefined || b === undefined) return 0;
  return a === b ? AGREES : DIFFERS;
}

export function sexFinding(a: Identity['sex'], b: Identity['sex']): SexFinding {
  return a === b ? 'same-sex' : 'other-sex';
}
