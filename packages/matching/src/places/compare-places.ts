import { align } from '../score/alignment.ts';
import type { PreparedName } from '../score/prepared-name.ts';

export const PLACE_FINDINGS = ['same-place', 'part-of-place', 'other-place', 'missing'] as const;
export type PlaceFinding = (typeof PLACE_FINDINGS)[number];
export const PLACE_MISSING = 3;

/** Nats by finding, set by hand: towns of birth are written by their region or nearest city as often as by their own name. */
export const PLACE_EVIDENCE: readonly number[] = [1.6, 0.7, -1.2, 0];
const [SAME, PART, OTHER] = [0, 1, 2];
const LEAST_SHARE = 0.5;

/** Index into `PLACE_FINDINGS`: `Sidi Bel Abbès`, `سيدي بلعباس` and `Sidi-bel-Abbes (Algeria)` are one place. */
export function comparePlaces(a: PreparedName, b: PreparedName): number {
  const [left, right] = a.written <= b.written ? [a, b] : [b, a];
  const found = align(left, right);
  const leftAgree = agreeing(left, found.shareOfLeft);
  const rightAgree = agreeing(right, found.shareOfRight);
  if (leftAgree === 0) return OTHER;
  return leftAgree === left.tokens.length || rightAgree === right.tokens.length ? SAME : PART;
}

function agreeing(place: PreparedName, shares: Float64Array): number {
  let count = 0;
  for (let i = 0; i < place.tokens.length; i++) if ((shares[i] ?? 0) >= LEAST_SHARE) count += 1;
  return count;
}
