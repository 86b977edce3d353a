import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SaidNumber } from '@entente/tracks';
import { lookupKeys, numberKeys, numbersIn } from './number-key.ts';

const numberKey = (said: SaidNumber): string | undefined => numberKeys(said)[0];
/** Whether one that is filed is found by whoever has the other. */
const finds = (asked: SaidNumber, filed: SaidNumber): boolean => {
  const keys = numberKeys(filed);
  return lookupKeys(numberKeys(asked)).some((key) => keys.includes(key));
};

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

test('an account is one with its country and check figures and without', () => {
  const iban = { kind: 'account', number: 'MA64 0115 1900 0001 2050 0053 4921' };
  assert.equal(numberKey({ kind: 'account', number: '011 519 0000012050005349 21', country: 'MAR' }), numberKey(iban));
});

test('a number that fails its check figure is found from the one it miswrites, and finds it', () => {
  for (const [kind, right, wrong] of [
    ['imo', '9074729', '9074728'],
    ['imei', '490154203237518', '490154203273518'],
    ['account', 'GB29NWBK60161331926819', 'GB29NWBK60161331926891'],
    ['document', 'L898902C<3', 'L898902D<3'],
  ] as const) {
    const [one, other] = [
      { kind, number: right },
      { kind, number: wrong },
    ];
    assert.notEqual(numberKey(one), numberKey(other));
    assert.ok(finds(one, other), kind);
    assert.ok(finds(other, one), kind);
  }
});

test('two numbers that hold are strangers, however near', () => {
  assert.ok(!finds({ kind: 'imo', number: '9574729' }, { kind: 'imo', number: '9074729' }));
  assert.ok(!finds({ kind: 'telephone', number: '+33639980001' }, { kind: 'telephone', number: '+33639980002' }));
});

test('what readers confuse finds each other where nothing checks the number', () => {
  assert.ok(finds({ kind: 'document', number: 'A12O456' }, { kind: 'document', number: 'A120456' }));
  assert.ok(!finds({ kind: 'document', number: 'A12O456' }, { kind: 'plate', number: 'A120456' }));
});

test('the numbers of a subject are told from what they are also filed under', () => {
  assert.deepEqual(numbersIn(numberKeys({ kind: 'imo', number: '9074728' })), [{ kind: 'imo', number: '9074728' }]);
});

test('a number so short that strangers would share it is not compared, and one without end is bounded', () => {
  assert.equal(numberKey({ kind: 'document', number: '-1-' }), undefined);
  assert.equal(numberKey({ kind: 'serial', number: '' }), undefined);
  assert.ok((numberKey({ kind: 'account', number: 'ﷺ'.repeat(600) }) ?? '').length < 400);
});
