import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addWorkingDays, endOfDay, isUndetermined, isWorkingDay, localTime, startOfDay } from './calendar.ts';
import { continueCalendar } from './calendar-continued.ts';
import type { CalendarTable, Instant } from './index.ts';
import { writeInstant } from './identifiers.ts';
import { at, casablanca, paris } from './calendar.fixtures.ts';

const hour = 3_600_000;
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

function wall(table: CalendarTable, text: string): string {
  const local = localTime(table, at(text));
  if (isUndetermined(local)) return `no ${local.year}`;
  const minutes = Math.floor(local.millisecond / 60_000);
  return `${local.date.toString()} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function written(instant: ReturnType<typeof endOfDay>): string {
  return isUndetermined(instant) ? `no ${instant.year}` : writeInstant(instant);
}

test('the wall clock of Casablanca goes back for Ramadan and forward after it', () => {
  assert.equal(wall(casablanca, '2026-02-15T01:59Z'), '2026-02-15 02:59');
  assert.equal(wall(casablanca, '2026-02-15T02:00Z'), '2026-02-15 02:00');
  assert.equal(wall(casablanca, '2026-03-22T01:59Z'), '2026-03-22 01:59');
  assert.equal(wall(casablanca, '2026-03-22T02:00Z'), '2026-03-22 03:00');
});

test('the year begins at local midnight, not at that of Greenwich', () => {
  assert.equal(wall(paris, '2025-12-31T23:00Z'), '2026-01-01 00:00');
  assert.equal(wall(paris, '2025-12-31T22:59Z'), 'no 2025');
  assert.equal(wall(casablanca, '2026-12-31T22:59Z'), '2026-12-31 23:59');
  assert.equal(wall(casablanca, '2026-12-31T23:00Z'), 'no 2027');
});

test('the system’s own zones are never asked: a table can say what no zone says', () => {
  const decreed: CalendarTable = {
    ...casablanca,
    years: [{ year: 2026, offsets: [{ from: '2025-12-31T21:15:00.000Z', minutes: 165 }], holidays: [] }],
  };
  assert.equal(wall(decreed, '2026-02-20T12:00Z'), '2026-02-20 14:45');
});

test('neither a weekend nor a holiday is a working day', () => {
  assert.equal(isWorkingDay(paris, date('2026-07-13')), true);
  assert.equal(isWorkingDay(paris, date('2026-07-14')), false);
  assert.equal(isWorkingDay(paris, date('2026-07-18')), false);
  assert.equal(isWorkingDay(casablanca, date('2026-07-14')), true);
  assert.deepEqual(isWorkingDay(paris, date('2029-01-02')), { kind: 'undetermined', year: 2029 });
});

test('a day ends at its 24:00, also on the days of 23 and of 25 hours', () => {
  assert.equal(written(endOfDay(paris, date('2026-03-28'))), '2026-03-28T23:00:00.000Z');
  assert.equal(written(endOfDay(paris, date('2026-03-29'))), '2026-03-29T22:00:00.000Z');
  assert.equal(written(endOfDay(paris, date('2026-10-25'))), '2026-10-25T23:00:00.000Z');
  assert.equal(written(endOfDay(paris, date('2026-12-31'))), '2026-12-31T23:00:00.000Z');
  assert.equal(written(endOfDay(paris, date('2029-01-01'))), 'no 2029');
});

test('a midnight that comes twice ends the day the second time; one that is skipped, at the change', () => {
  const twice: CalendarTable = {
    ...paris,
    years: [
      {
        year: 2026,
        offsets: [
          { from: '2026-01-01T00:00:00.000Z', minutes: 0 },
          { from: '2026-06-01T00:00:00.000Z', minutes: 60 },
          { from: '2026-09-30T23:30:00.000Z', minutes: 0 },
        ],
        holidays: [],
      },
    ],
  };
  assert.equal(written(endOfDay(twice, date('2026-05-31'))), '2026-06-01T00:00:00.000Z');
  assert.equal(written(endOfDay(twice, date('2026-09-30'))), '2026-10-01T00:00:00.000Z');
  const skipped: CalendarTable = {
    ...paris,
    years: [
      {
        year: 2026,
        offsets: [
          { from: '2026-01-01T00:00:00.000Z', minutes: 0 },
          { from: '2026-05-31T23:30:00.000Z', minutes: 60 },
        ],
        holidays: [],
      },
    ],
  };
  assert.equal(written(endOfDay(skipped, date('2026-05-31'))), '2026-05-31T23:30:00.000Z');
});

test('working days pass over the feast in the middle', () => {
  // Wednesday 18 March; the feast is on Friday and Saturday, then a Sunday.
  assert.equal(String(addWorkingDays(casablanca, date('2026-03-18'), 1)), '2026-03-19');
  assert.equal(String(addWorkingDays(casablanca, date('2026-03-18'), 2)), '2026-03-23');
  assert.deepEqual(addWorkingDays(casablanca, date('2026-12-30'), 3), { kind: 'undetermined', year: 2027 });
});

test('n working days and then m more are n + m working days', () => {
  fc.assert(
    fc.property(fc.nat(600), fc.nat(40), fc.nat(40), (from, n, m) => {
      const start = date('2026-01-01').add({ days: from });
      const between = addWorkingDays(paris, start, n);
      assert.ok(!isUndetermined(between));
      assert.deepEqual(addWorkingDays(paris, between, m), addWorkingDays(paris, start, n + m));
    }),
  );
});

test('every instant lies in the day its wall clock shows, and no later instant in an earlier day', () => {
  const first = at('2026-01-01T00:00Z');
  fc.assert(
    fc.property(
      fc.constantFrom(paris, casablanca),
      fc.nat(360 * 24 * hour),
      fc.nat(40 * hour),
      (table, since, more) => {
        const instant = (first + since) as Instant;
        const now = localTime(table, instant);
        const later = localTime(table, (instant + more) as Instant);
        assert.ok(!isUndetermined(now));
        const from = startOfDay(table, now.date);
        const to = endOfDay(table, now.date);
        assert.ok(!isUndetermined(from) && !isUndetermined(to) && from <= instant && instant < to);
        if (!isUndetermined(later)) assert.ok(Temporal.PlainDate.compare(now.date, later.date) <= 0);
      },
    ),
  );
});

test('a later accord adds years to a running clock’s calendar and changes none', () => {
  const [y2026, y2027, y2028] = paris.years;
  assert.ok(y2026 && y2027 && y2028);
  const moved = { ...y2026, holidays: [] };
  const first = { ...paris, years: [y2026] };
  assert.deepEqual(continueCalendar([first, { ...paris, years: [moved, y2027] }]).years, [y2026, y2027]);
  assert.deepEqual(continueCalendar([first, { ...paris, years: [y2028] }]).years, [y2026]);
});
