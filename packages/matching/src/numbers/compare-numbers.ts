import type { Comparison } from '../comparison.ts';
import { probabilityOf } from '../score/compare-identities.ts';
import { compareWritten, NUMBER_FINDINGS, type NumberFinding } from './compare-written.ts';
import { readNumber } from './read-number.ts';

/** A number of a thing, in the spelling of `readNumber`. */
export type KindedNumber = { readonly kind: string; readonly number: string };

/**
 * Nats by finding, prior included: that two things with these numbers are one. Set by hand, for there is nothing to learn from. A number without a check
 * figure is copied with a slip, and a telephone changes hands: 95 in 100; with one that holds 99; miswritten ones 80.
 */
const EVIDENCE: Readonly<Record<NumberFinding, number>> = {
  'same-number-checked': 4.6,
  'same-number': 2.94,
  'same-but-for-scanning': 1.4,
  'same-number-check-fails': 1.4,
  'probably-miswritten': 1.4,
  'one-place-differs': -1.4,
  'other-number': -4.6,
  'other-number-checked': -4.6,
  missing: -4.6,
};

/** How far two things are one by the two of their numbers that agree most; only numbers of one kind are compared. */
export function compareNumbers(ours: readonly KindedNumber[], theirs: readonly KindedNumber[]): Comparison {
  let best: { readonly finding: NumberFinding; readonly left?: string; readonly right?: string } = {
    finding: 'missing',
  };
  for (const { kind, number: left } of ours) {
    for (const { kind: otherKind, number: right } of theirs) {
      if (kind !== otherKind) continue;
      const finding = compareWritten(kind, readNumber(kind, left), readNumber(kind, right));
      if (NUMBER_FINDINGS.indexOf(finding) < NUMBER_FINDINGS.indexOf(best.finding)) best = { finding, left, right };
    }
  }
  const { finding, left, right } = best;
  const evidence = EVIDENCE[finding];
  const terms = finding === 'missing' ? [] : [{ about: 'document' as const, finding, left, right, evidence }];
  return { probability: probabilityOf(evidence), evidence, terms };
}
