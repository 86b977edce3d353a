import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ibanFigures, icaoFigure } from './check-digits.ts';
import { compareNumbers } from './compare-numbers.ts';
import { correctionsOf } from './corrections.ts';
import { readNumber } from './read-number.ts';

/** Published examples: the registry of ISO 13616, 3GPP TS 23.003, the IMO's own, 49 CFR 565, ICAO Doc 9303. */
const right: readonly (readonly [string, string, string])[] = [
  ['account', 'GB29 NWBK 6016 1331 9268 19', 'GB29NWBK60161331926819'],
  ['account', 'FR14 2004 1010 0505 0001 3M02 606', 'FR1420041010050500013M02606'],
  ['account', 'MA64 0115 1900 0001 2050 0053 4921', 'MA64011519000001205000534921'],
  ['imei', '49-015420-323751-8', '49015420323751'],
  ['imo', 'IMO 9074729', '9074729'],
  ['chassis', '1M8GDM9AXKP042788', '1M8GDM9AXKP042788'],
  ['document', 'L898902C<3', 'L898902C'],
  ['document', 'L898902C<3UTO6908061F9406236ZE184226B<<<<<14', 'L898902C'],
];

test('published numbers hold', () => {
  for (const [kind, written, normal] of right) assert.deepEqual(readNumber(kind, written), { normal, check: 'holds' });
});

test('figures of any script, and letters where only figures stand, are the figures meant', () => {
  assert.deepEqual(readNumber('imo', '٩٠٧٤٧٢٩'), { normal: '9074729', check: 'holds' });
  assert.deepEqual(readNumber('imei', '49O1542O3237518'), { normal: '49015420323751', check: 'holds' });
  assert.equal(readNumber('account', 'MA64 O115 19OO OOO1 2050 0053 4921').normal, 'MA64011519000001205000534921');
  assert.equal(readNumber('chassis', '1M8GDM9AXKPO42788').check, 'holds');
});

test('an account without country and check figures is read by the country said beside it', () => {
  const own = '011519000001205000534921';
  assert.deepEqual(readNumber('account', own, 'MA'), { normal: `MA64${own}`, check: 'none' });
  assert.deepEqual(readNumber('account', own), { normal: own, check: 'none' });
});

test('a chassis of Europe, a telephone and a plate have no check figure', () => {
  for (const [kind, number] of [
    ['chassis', 'WVWZZZ1JZ3W386752'],
    ['telephone', '+33639980001'],
    ['plate', 'WW-123-ZZ'],
    ['document', 'L898902C3'],
  ] as const)
    assert.equal(readNumber(kind, number).check, 'none', kind);
});

test('whatever one figure of a number that holds becomes, it fails, and the number is among its corrections', () => {
  for (const [kind, written] of right.filter(([kind]) => kind === 'account' || kind === 'imei')) {
    const plain = written.replace(/[^0-9A-Z]/g, '');
    const { normal } = readNumber(kind, plain);
    for (const [at, figure] of [...plain].entries()) {
      if (!/\d/.test(figure)) continue;
      for (const other of '0123456789'.replace(figure, '')) {
        const slip = plain.slice(0, at) + other + plain.slice(at + 1);
        const read = readNumber(kind, slip);
        assert.equal(read.check, 'fails', `${kind} ${slip}`);
        assert.ok(correctionsOf(kind, read.normal).includes(normal), `${kind} ${slip}`);
      }
    }
  }
});

test('of ship numbers one slip in nine holds, for some weights are even or five', () => {
  let fails = 0;
  for (let at = 0; at < 7; at++)
    for (const other of '0123456789'.replace('9074729'.charAt(at), ''))
      if (readNumber('imo', `${'9074729'.slice(0, at)}${other}${'9074729'.slice(at + 1)}`).check === 'fails')
        fails += 1;
  assert.equal(fails, 56);
});

test('every number that is made with its check figure holds, and no reading throws', () => {
  const figures = (length: number): fc.Arbitrary<string> =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
  fc.assert(
    fc.property(figures(24), (account) => {
      assert.equal(readNumber('account', `MA${ibanFigures('MA', account)}${account}`).check, 'holds');
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{6}<{3}$/), (field) => {
      assert.equal(readNumber('document', field + icaoFigure(field)).check, 'holds');
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('account', 'imei', 'imo', 'chassis', 'document', 'plate'),
      fc.string(),
      (kind, text) => {
        const { normal } = readNumber(kind, text);
        assert.equal(readNumber(kind, normal).normal, normal, 'reading again changes nothing');
        correctionsOf(kind, normal);
      },
    ),
  );
});

test('what two numbers say: equal, miswritten, or two', () => {
  const found = (kind: string, left: string, other: string): string | undefined =>
    compareNumbers([{ kind, number: left }], [{ kind, number: other }]).terms[0]?.finding;
  assert.equal(found('imo', '9074729', 'IMO9074729'), 'same-number-checked');
  assert.equal(found('imo', '9074728', '9074729'), 'probably-miswritten');
  assert.equal(found('imo', '9074728', '9074728'), 'same-number-check-fails');
  assert.equal(found('imo', '9574729', '9074729'), 'other-number-checked');
  assert.equal(found('imo', '9074729', '9047729'), 'probably-miswritten');
  assert.equal(found('imei', '490154203237518', '490154203237510'), 'probably-miswritten');
  assert.equal(found('imei', '490901542032375', '490901542032375'), 'same-number-check-fails');
  assert.equal(found('account', 'GB29NWBK60161331926819', 'GB29NWBK60161331926891'), 'probably-miswritten');
  assert.equal(found('document', 'A12O456', 'A120456'), 'same-but-for-scanning');
  assert.equal(found('plate', 'WW123ZZ', 'WW124ZZ'), 'one-place-differs');
  assert.equal(found('plate', 'WW123ZZ', 'AB987CD'), 'other-number');
  assert.equal(compareNumbers([{ kind: 'imei', number: '1' }], [{ kind: 'imo', number: '1' }]).terms.length, 0);
});

test('only equality nearly decides, and a number that holds weighs more than one that nobody can check', () => {
  const odds = (kind: string, left: string, other = left): number =>
    compareNumbers([{ kind, number: left }], [{ kind, number: other }]).probability;
  assert.ok(odds('imo', '9074729') > odds('telephone', '+33639980001'));
  assert.ok(odds('telephone', '+33639980001') > odds('imo', '9074728', '9074729'));
  assert.ok(odds('imo', '9074728', '9074729') > 0.5);
  assert.ok(odds('plate', 'WW123ZZ', 'WW124ZZ') < 0.5);
});
