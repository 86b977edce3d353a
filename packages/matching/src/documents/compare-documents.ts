import type { NormalDocument } from './document-number.ts';

export const DOCUMENT_FINDINGS = [
  'same-number',
  'same-but-for-scanning',
  'one-place-differs',
  'other-number',
  'missing',
] as const;
export type DocumentFinding = (typeof DOCUMENT_FINDINGS)[number];

/** Nats by finding. Papers are renewed, so another number says little; a common one says nearly all. Set by hand. */
export const DOCUMENT_EVIDENCE: readonly number[] = [9, 8, 4, -0.4, 0];
const [SAME, SCANNED, ONE_PLACE, OTHER] = [0, 1, 2, 3];
export const DOCUMENT_MISSING = 4;

/** Index into `DOCUMENT_FINDINGS`. Numbers of different kinds or issuers are not comparable unless they are the same. */
export function compareDocuments(a: NormalDocument, b: NormalDocument): number {
  if (a.kind !== b.kind || (a.kind === 'other' && a.kindWritten !== b.kindWritten)) return DOCUMENT_MISSING;
  if (a.issuer !== undefined && b.issuer !== undefined && a.issuer !== b.issuer) return DOCUMENT_MISSING;
  if (a.digits === b.digits) return SAME;
  if (a.confusable === b.confusable) return SCANNED;
  return a.digits.length >= 6 && onePlaceApart(a.confusable, b.confusable) ? ONE_PLACE : OTHER;
}

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
