import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NUMBER_FINDINGS } from '../numbers/compare-written.ts';
import { compareDocuments } from './compare-documents.ts';
import { normalDocument } from './document-number.ts';

const finding = (a: readonly [string, string, string?], b: readonly [string, string, string?]): string | undefined => {
  const [left, right] = [a, b].map(([kind, number, issuer]) =>
    normalDocument({ kind, number, ...(issuer === undefined ? {} : { issuer }) }),
  );
  return left === undefined || right === undefined ? undefined : NUMBER_FINDINGS[compareDocuments(left, right)];
};

test('blanks, hyphens and Arabic figures do not make another number', () => {
  assert.equal(finding(['passport', '١٢٣ ٤٥٦-٧'], ['passeport', '1234567']), 'same-number');
});

test('what a scanner confuses is told apart from another number', () => {
  assert.equal(finding(['passport', 'A12O456'], ['passport', 'A120456']), 'same-but-for-scanning');
  assert.equal(finding(['passport', '1234567'], ['passport', '1235467']), 'one-place-differs');
  assert.equal(finding(['passport', '1234567'], ['passport', '9876543']), 'other-number');
});

test('a telephone is the same with and without its country', () => {
  assert.equal(finding(['phone', '+213 550 12 34 56'], ['téléphone', '0550123456']), 'same-number');
});

test('numbers of other kinds or issuers are not compared', () => {
  assert.equal(finding(['passport', '1234567'], ['card', '1234567']), 'missing');
  assert.equal(finding(['passport', '1234567', 'DZ'], ['passport', '1234567', 'FR']), 'missing');
});

test('a paper read by machine agrees with the same written by hand, unless its check figure fails', () => {
  assert.equal(finding(['passport', 'L898902C3'], ['passport', 'L898902C3']), 'same-number');
  assert.equal(finding(['passport', 'L898902C<3'], ['passport', 'L898902C']), 'same-number-checked');
  assert.equal(finding(['passport', 'L898902D<3'], ['passport', 'L898902C<3']), 'probably-miswritten');
});

test('of two accounts a sign apart that both hold neither is the other', () => {
  const iban = 'FR7630006000011234567890189';
  assert.equal(finding(['iban', 'FR76 3000 6000 0112 3456 7890 189'], ['IBAN', iban]), 'same-number-checked');
  assert.equal(finding(['iban', iban.replace('890189', '890198')], ['iban', iban]), 'probably-miswritten');
});
