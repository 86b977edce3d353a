import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readBirthDate } from './birth-date.ts';
import { BIRTH_FINDINGS, compareBirths } from './compare-births.ts';

const finding = (a: string, b: string): string | undefined => {
  const [left, right] = [readBirthDate(a), readBirthDate(b)];
  return left.kind === 'birth' && right.kind === 'birth'
    ? BIRTH_FINDINGS[compareBirths(left.birth, right.birth)]
    : undefined;
};

test('each precision of a birth date is read as it is written', () => {
  const read = (text: string): unknown => {
    const reading = readBirthDate(text);
    return reading.kind === 'birth' ? reading.birth : reading.reason;
  };
  assert.deepEqual(read('1984-03-12'), { kind: 'day', year: 1984, month: 3, day: 12 });
  assert.deepEqual(read('1984-03'), { kind: 'month', year: 1984, month: 3 });
  assert.deepEqual(read('1984-00-00'), { kind: 'year', year: 1984 });
  assert.deepEqual(read('~1984'), { kind: 'about', year: 1984 });
  assert.deepEqual(read('1982/1986'), { kind: 'between', from: 1982, to: 1986 });
});

test('an impossible date is refused with its reason', () => {
  const reason = (text: string): string => {
    const reading = readBirthDate(text);
    return reading.kind === 'refused' ? reading.reason : 'read';
  };
  assert.equal(reason('1984-02-30'), 'impossible-date');
  assert.equal(reason('1983-02-29'), 'impossible-date');
  assert.equal(reason('1984-13-01'), 'impossible-date');
  assert.equal(reason('1984-13'), 'impossible-date');
  assert.equal(reason('0999'), 'year-out-of-range');
  assert.equal(reason('9999-01-01'), 'year-out-of-range');
  assert.equal(reason('1986/1982'), 'between-reversed');
  assert.equal(reason('12.03.1984'), 'unread-date');
  assert.equal(reason('9'.repeat(1_000_000)), 'unread-date');
  assert.equal(reason('1404-01-31'), 'impossible-date');
});

test('a Hijri date is compared as the Gregorian day it was', () => {
  assert.equal(finding('1404-06-09', '1984-03-12'), 'same-day');
  assert.equal(finding('1404', '1984'), 'within-range');
});

test('what clerks do to dates is told apart from another date', () => {
  assert.equal(finding('1984-03-12', '1984-03-12'), 'same-day');
  assert.equal(finding('1984-01-01', '1984-01-01'), 'same-day-january-1');
  assert.equal(finding('1984-03-12', '1984-12-03'), 'day-month-swapped');
  assert.equal(finding('1984-02-29', '1984-03-01'), 'day-before-or-after');
  assert.equal(finding('1983-02-28', '1983-03-01'), 'day-before-or-after');
  assert.equal(finding('1984-03-12', '1984-03-17'), 'one-figure-differs');
  assert.equal(finding('1984-03-12', '1984-01-01'), 'presumed-january-1');
  assert.equal(finding('1984-03', '1984-03-12'), 'same-month');
  assert.equal(finding('1984', '1984-03-12'), 'same-year');
  assert.equal(finding('~1984', '1986'), 'about-same-year');
  assert.equal(finding('1982/1986', '1984-03-12'), 'within-range');
  assert.equal(finding('1984-03-12', '1984-07-25'), 'same-year-other-day');
  assert.equal(finding('1984-03-12', '1955-07-25'), 'years-6-or-more');
});

test('two dates say the same of each other whichever is first, and any text is read or refused', () => {
  const written = fc.oneof(
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    fc.integer({ min: 1900, max: 2020 }).map((year) => `~${year}`),
    fc.string(),
  );
  fc.assert(fc.property(written, written, (a, b) => assert.equal(finding(a, b), finding(b, a))));
});
