import type { IdentityDocument } from '../identity.ts';

/** A number as compared: capitals and figures only, and again with what scanners confuse made equal. */
export type NormalDocument = {
  readonly written: string;
  readonly kind: 'passport' | 'card' | 'phone' | 'other';
  readonly kindWritten: string;
  readonly issuer: string | undefined;
  readonly digits: string;
  readonly confusable: string;
};

const LONGEST_NUMBER = 64;

/** Telephones lose `00`, `+` and trunk zeros: their last nine figures are compared, the country's by the issuer. */
export function normalDocument(document: IdentityDocument): NormalDocument {
  const kind = kindOf(document.kind);
  const plain = document.number
    .slice(0, LONGEST_NUMBER)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{Nd}\p{L}]/gu, '')
    .replace(/\p{Nd}/gu, westernFigure);
  const digits = kind === 'phone' ? plain.replace(/\D/g, '').slice(-9) : plain.replace(/^0+(?=\d{5})/, '');
  return {
    written: document.number,
    kind,
    kindWritten: document.kind.toLowerCase(),
    issuer: document.issuer?.toUpperCase(),
    digits,
    confusable: sameToScanner(digits),
  };
}

function kindOf(kind: string): NormalDocument['kind'] {
  const word = kind.toLowerCase();
  if (/pass|جواز/.test(word)) return 'passport';
  if (/card|carte|cni|nin|national|cnib|بطاقة/.test(word)) return 'card';
  return /phone|tel|tél|gsm|mobile|msisdn|هاتف/.test(word) ? 'phone' : 'other';
}

/** What optical readers confuse, by ICAO Doc 9303's own warning and common experience: O 0, I 1, Z 2, S 5, G 6, B 8. */
function sameToScanner(digits: string): string {
  return digits.replace(
    /[OQDILZSGB]/g,
    (letter) => ({ O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' })[letter] ?? letter,
  );
}

/** Arabic-Indic, Persian and other figures as 0–9. */
function westernFigure(figure: string): string {
  const code = figure.codePointAt(0) ?? 48;
  if (code < 58) return figure;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  return String(code - zero);
}
