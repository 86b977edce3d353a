import { correctionsOf } from './corrections.ts';
import { sameToReader } from './plain-number.ts';
import type { CheckedNumber } from './read-number.ts';

/** What two numbers of one kind say of each other, strongest agreement first; `missing` where a side has none. */
export const NUMBER_FINDINGS = [
  'same-number-checked',
  'same-number',
  'same-but-for-scanning',
  'same-number-check-fails',
  'probably-miswritten',
  'one-place-differs',
  'other-number',
  'other-number-checked',
  'missing',
] as const;
export type NumberFinding = (typeof NUMBER_FINDINGS)[number];

/**
 * Compares two numbers that were read. One sign apart they are one number miswritten where one of them fails its check figure,
 * and two numbers where neither does: whoever slips seldom hits upon a number that holds.
 */
export function compareWritten(kind: string, a: CheckedNumber, b: CheckedNumber): NumberFinding {
  if (a.normal === b.normal) {
    if (a.check === 'fails' || b.check === 'fails') return 'same-number-check-fails';
    return a.check === 'holds' || b.check === 'holds' ? 'same-number-checked' : 'same-number';
  }
  const [left, right] = [sameToReader(a.normal), sameToReader(b.normal)];
  const near = left === right || (a.normal.length >= SHORTEST && onePlaceApart(left, right));
  if (!near) return isMiswritten(kind, a, b) || isMiswritten(kind, b, a) ? 'probably-miswritten' : 'other-number';
  if (a.check === 'holds' && b.check === 'holds') return 'other-number-checked';
  if (a.check !== b.check && (a.check === 'fails' || b.check === 'fails')) return 'probably-miswritten';
  return left === right ? 'same-but-for-scanning' : 'one-place-differs';
}

/** What fails is kept with its check figure, and may be longer than what it miswrites. */
function isMiswritten(kind: string, failing: CheckedNumber, right: CheckedNumber): boolean {
  return (
    failing.check === 'fails' && right.check !== 'fails' && correctionsOf(kind, failing.normal).includes(right.normal)
  );
}

/** Shorter numbers are near to strangers. */
const SHORTEST = 6;

/** One place replaced, dropped or added, or two neighbours swapped. */
function onePlaceApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
