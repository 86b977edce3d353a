import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberKey } from './number-key.ts';

test('one telephone has one key, however it is written and from whichever side', () => {
  for (const number of ['+33 6 39 98 00 01', '0033639980001', '+33 (0)6.39.98.00.01', '٠٠٣٣٦٣٩٩٨٠٠٠١']) {
    assert.equal(numberKey({ kind: 'telephone', number }), 'telephone:+33639980001', number);
  }
  assert.equal(numberKey({ kind: 'telephone', number: '06 39 98 00 01', country: 'FRA' }), 'telephone:+33639980001');
  assert.equal(numberKey({ kind: 'telephone', number: '0661-000000', country: 'MA' }), 'telephone:+212661000000');
});

test('plates and documents agree without their signs, names on networks without case and address', () => {
  assert.equal(numberKey({ kind: 'plate', number: 'ww-123-zz' }), 'plate:WW123ZZ');
  assert.equal(numberKey({ kind: 'plate', number: '1234 - أ - 6' }), 'plate:1234أ6');
  assert.equal(numberKey({ kind: 'document', number: 'AB 12.345' }), 'document:AB12345');
  assert.equal(numberKey({ kind: 'handle', number: '@Karim_B' }), 'handle:karim_b');
  assert.equal(numberKey({ kind: 'url', number: 'https://www.Example.org/x/' }), 'url:example.org/x');
});

test('a number so short that strangers would share it is not compared, and one without end is bounded', () => {
  assert.equal(numberKey({ kind: 'document', number: '-1-' }), undefined);
  assert.equal(numberKey({ kind: 'serial', number: '' }), undefined);
  assert.ok((numberKey({ kind: 'account', number: 'ﷺ'.repeat(600) }) ?? '').length < 400);
});
