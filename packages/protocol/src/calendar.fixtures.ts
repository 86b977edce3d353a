import type { CalendarTable, CalendarYear, Instant } from './index.ts';
import { readInstant } from './index.ts';

/** France as published: 2026, 2027 and 2028, a leap year. */
export const paris: CalendarTable = {
  zone: 'Europe/Paris',
  weekend: [6, 7],
  hours: { from: '09:00', to: '18:00' },
  years: [
    year(2026, ['2025-12-31T23:00', 60, '2026-03-29T01:00', 120, '2026-10-25T01:00', 60], {
      '2026-01-01': 'Jour de l’an',
      '2026-04-06': 'Lundi de Pâques',
      '2026-05-01': 'Fête du travail',
      '2026-05-08': 'Victoire 1945',
      '2026-05-14': 'Ascension',
      '2026-05-25': 'Lundi de Pentecôte',
      '2026-07-14': 'Fête nationale',
      '2026-08-15': 'Assomption',
      '2026-11-01': 'Toussaint',
      '2026-11-11': 'Armistice 1918',
      '2026-12-25': 'Noël',
    }),
    year(2027, ['2026-12-31T23:00', 60, '2027-03-28T01:00', 120, '2027-10-31T01:00', 60], {
      '2027-01-01': 'Jour de l’an',
      '2027-07-14': 'Fête nationale',
    }),
    year(2028, ['2027-12-31T23:00', 60, '2028-03-26T01:00', 120, '2028-10-29T01:00', 60], {
      '2028-01-01': 'Jour de l’an',
    }),
  ],
  verified: true,
};

/** Morocco in 2026: an hour ahead of UTC but in Ramadan, 18 February to 19 March; each feast has two days. */
export const casablanca: CalendarTable = {
  zone: 'Africa/Casablanca',
  weekend: [6, 7],
  hours: { from: '08:30', to: '16:30' },
  years: [
    year(2026, ['2025-12-31T23:00', 60, '2026-02-15T02:00', 0, '2026-03-22T02:00', 60], {
      '2026-01-01': 'Nouvel an',
      '2026-03-20': 'Aïd el-Fitr',
      '2026-03-21': 'Aïd el-Fitr',
      '2026-05-27': 'Aïd al-Adha',
      '2026-05-28': 'Aïd al-Adha',
      '2026-06-17': '1 Moharram',
    }),
  ],
  verified: true,
};

/** `2026-02-27T16:59Z` as an instant. */
export function at(text: string): Instant {
  const instant = readInstant(text.replace('Z', text.length > 17 ? '.000Z' : ':00.000Z'));
  if (instant === undefined) throw new Error(text);
  return instant;
}

function year(
  number: number,
  offsets: readonly (string | number)[],
  holidays: Readonly<Record<string, string>>,
): CalendarYear {
  const pairs = offsets.flatMap((from, i) =>
    typeof from === 'string' ? [{ from, minutes: Number(offsets[i + 1]) }] : [],
  );
  return {
    year: number,
    offsets: pairs.map(({ from, minutes }) => ({ from: `${from}:00.000Z`, minutes })),
    holidays: Object.entries(holidays).map(([date, name]) => ({ date, name })),
  };
}
