import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposeCalendar } from './propose-calendar.ts';

const hours = { from: '08:30', to: '18:00' };
const france = proposeCalendar({ country: 'FR', zone: 'Europe/Paris', from: 2025, to: 2027, language: 'fr', hours });
const morocco = proposeCalendar({
  country: 'MA',
  zone: 'Africa/Casablanca',
  from: 2025,
  to: 2027,
  language: 'fr',
  hours,
});

function datesOf(table: typeof france, year: number): readonly string[] {
  return table.years.find((one) => one.year === year)?.holidays.map(({ date }) => date) ?? [];
}

test('a proposal is never verified, whoever asks', () => {
  assert.equal(france.verified, false);
  assert.equal(morocco.verified, false);
});

test('France has its eleven national holidays and no Good Friday, which only Alsace and Moselle keep', () => {
  assert.deepEqual(datesOf(france, 2026), [
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ]);
  assert.ok(!datesOf(france, 2026).includes('2026-04-03'));
});

test('the moving Islamic holidays of Morocco are near the dates on which they fell or are awaited', () => {
  const awaited: readonly (readonly [number, string, string])[] = [
    [2025, 'Aïd el-Fitr', '2025-03-31'],
    [2025, 'Aïd al-Adha', '2025-06-07'],
    [2025, '1 Moharram', '2025-06-27'],
    [2025, 'Mawlid', '2025-09-05'],
    [2026, 'Aïd el-Fitr', '2026-03-20'],
    [2026, 'Aïd al-Adha', '2026-05-27'],
    [2026, '1 Moharram', '2026-06-17'],
    [2026, 'Mawlid', '2026-08-26'],
    [2027, 'Aïd el-Fitr', '2027-03-10'],
    [2027, 'Aïd al-Adha', '2027-05-17'],
    [2027, '1 Moharram', '2027-06-07'],
    [2027, 'Mawlid', '2027-08-15'],
  ];
  for (const [year, name, date] of awaited) {
    const fell = Temporal.PlainDate.from(date);
    const near = datesOf(morocco, year).some((proposed) => Math.abs(fell.until(proposed).days) <= 1);
    assert.ok(near, `${name} ${year}`);
  }
});

test('two holidays on one date are one day with both names', () => {
  const found = morocco.years.at(-1)?.holidays.filter(({ date }) => date === '2027-08-14') ?? [];
  assert.equal(found.length, 1);
  assert.match(found[0]?.name ?? '', /, /);
});

test('Casablanca is an hour ahead of UTC, and not in Ramadan', () => {
  assert.deepEqual(morocco.years[0]?.offsets, [
    { from: '2024-12-31T23:00:00.000Z', minutes: 60 },
    { from: '2025-02-23T02:00:00.000Z', minutes: 0 },
    { from: '2025-04-06T02:00:00.000Z', minutes: 60 },
  ]);
  assert.deepEqual(morocco.years[1]?.offsets.slice(0, 3), [
    { from: '2025-12-31T23:00:00.000Z', minutes: 60 },
    { from: '2026-02-15T02:00:00.000Z', minutes: 0 },
    { from: '2026-03-22T02:00:00.000Z', minutes: 60 },
  ]);
});

test('Paris changes its hour twice a year, at 01:00 UTC', () => {
  assert.deepEqual(france.years[1]?.offsets, [
    { from: '2025-12-31T23:00:00.000Z', minutes: 60 },
    { from: '2026-03-29T01:00:00.000Z', minutes: 120 },
    { from: '2026-10-25T01:00:00.000Z', minutes: 60 },
  ]);
});

test('the weekend is the country’s', () => {
  assert.deepEqual(france.weekend, [6, 7]);
  const algeria = proposeCalendar({
    country: 'DZ',
    zone: 'Africa/Algiers',
    from: 2026,
    to: 2026,
    language: 'fr',
    hours,
  });
  assert.deepEqual(algeria.weekend, [5, 6]);
});

test('a country nobody knows is not proposed an empty calendar', () => {
  assert.throws(() => proposeCalendar({ country: 'XX', zone: 'Etc/UTC', from: 2026, to: 2026, language: 'en', hours }));
});
