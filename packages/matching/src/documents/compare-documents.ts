import { compareWritten, NUMBER_FINDINGS, type NumberFinding } from '../numbers/compare-written.ts';
import type { NormalDocument } from './document-number.ts';

/** Nats by finding. Papers are renewed, so another number says little; a common one says nearly all. Set by hand. */
const EVIDENCE: Readonly<Record<NumberFinding, number>> = {
  'same-number-checked': 9,
  'same-number': 9,
  'same-but-for-scanning': 8,
  'same-number-check-fails': 7,
  'probably-miswritten': 6,
  'one-place-differs': 4,
  'other-number': -0.4,
  'other-number-checked': -0.4,
  missing: 0,
};
/** By index into `NUMBER_FINDINGS`. */
export const DOCUMENT_EVIDENCE: readonly number[] = NUMBER_FINDINGS.map((finding) => EVIDENCE[finding]);
export const DOCUMENT_MISSING: number = NUMBER_FINDINGS.indexOf('missing');

/** Index into `NUMBER_FINDINGS`. Numbers of different kinds or issuers are not comparable unless they are the same. */
export function compareDocuments(a: NormalDocument, b: NormalDocument): number {
  if (a.kind !== b.kind || (a.kind === 'other' && a.kindWritten !== b.kindWritten)) return DOCUMENT_MISSING;
  if (a.issuer !== undefined && b.issuer !== undefined && a.issuer !== b.issuer) return DOCUMENT_MISSING;
  return NUMBER_FINDINGS.indexOf(
    compareWritten(a.numberKind, { normal: a.digits, check: a.check }, { normal: b.digits, check: b.check }),
  );
}
