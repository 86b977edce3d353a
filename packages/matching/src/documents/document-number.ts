import type { IdentityDocument } from '../identity.ts';
import { sameToReader } from '../numbers/plain-number.ts';
import { type CheckedNumber, readNumber } from '../numbers/read-number.ts';

/** A number as compared: capitals and figures only, and again with what scanners confuse made equal. */
export type NormalDocument = {
  readonly written: string;
  readonly kind: 'passport' | 'card' | 'phone' | 'other';
  readonly kindWritten: string;
  /** By which its check figure is read. */
  readonly numberKind: string;
  readonly issuer: string | undefined;
  readonly digits: string;
  readonly confusable: string;
  /** What its own check figure says of it. */
  readonly check: CheckedNumber['check'];
};

const LONGEST_NUMBER = 64;

/** Telephones lose `00`, `+` and trunk zeros: their last nine figures are compared, the country's by the issuer. */
export function normalDocument(document: IdentityDocument): NormalDocument {
  const kind = kindOf(document.kind);
  const number = document.number.slice(0, LONGEST_NUMBER);
  const numberKind = numberKindOf(kind, document.kind);
  const { normal, check } = readNumber(numberKind, number);
  const digits =
    kind === 'phone'
      ? normal.replace(/\D/g, '').slice(-9)
      : check === 'none'
        ? normal.replace(/^0+(?=\d{5})/, '')
        : normal;
  return {
    written: document.number,
    kind,
    kindWritten: document.kind.toLowerCase(),
    numberKind,
    issuer: document.issuer?.toUpperCase(),
    digits,
    confusable: sameToReader(digits),
    check,
  };
}

/** Which check figure a paper's number may have. */
function numberKindOf(kind: NormalDocument['kind'], written: string): string {
  if (kind === 'passport' || kind === 'card') return 'document';
  return NUMBER_KINDS.get(written.toLowerCase()) ?? 'other';
}

const NUMBER_KINDS: ReadonlyMap<string, string> = new Map([
  ['iban', 'account'],
  ['account', 'account'],
  ['imei', 'imei'],
  ['imo', 'imo'],
  ['vin', 'chassis'],
  ['chassis', 'chassis'],
]);

function kindOf(kind: string): NormalDocument['kind'] {
  const word = kind.toLowerCase();
  if (/pass|جواز/.test(word)) return 'passport';
  if (/card|carte|cni|nin|national|cnib|بطاقة/.test(word)) return 'card';
  return /phone|tel|tél|gsm|mobile|msisdn|هاتف/.test(word) ? 'phone' : 'other';
}
