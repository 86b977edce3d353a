import type { BirthDate } from '../dates/birth-date.ts';
import type { Side } from './key-words.ts';

/** How a birth date stands in a key. */
export type KeyDate = {
  readonly text: string;
  readonly precision: DatePrecision;
};

/**
 * `day` as written; `near`: a day beside, or day and month exchanged; `new-year`: 1 January on both sides, which registers
 * write for an unknown day; `year-of-day`: who asks knows a day, who publishes does not; `year`: who asks knows no day.
 */
export type DatePrecision = 'day' | 'near' | 'new-year' | 'year-of-day' | 'year';

/**
 * How a date is published, or looked for. `y1984` is published of whom no day is known and `d1984` of the others, so that two
 * days of one year never meet in it.
 */
export function keyDates(birth: BirthDate, side: Side): readonly KeyDate[] {
  if (birth.kind === 'between') return [];
  const { year } = birth;
  const among = { dayless: `y${year}`, dated: `d${year}` };
  if (birth.kind === 'day' && !(birth.month === 1 && birth.day === 1)) {
    const { month, day } = birth;
    const written: KeyDate = { text: isoDay(year, month, day), precision: 'day' };
    if (side === 'published') return [written, { text: among.dated, precision: 'year' }];
    const near = [isoDay(year, month, day - 1), isoDay(year, month, day + 1)];
    if (day <= 12 && day !== month) near.push(isoDay(year, day, month));
    return [
      written,
      { text: among.dayless, precision: 'year-of-day' },
      ...near.map((text) => ({ text, precision: 'near' }) as const),
    ];
  }
  const ofYear: readonly KeyDate[] = [
    { text: among.dayless, precision: 'year' },
    ...(side === 'asked' ? [{ text: among.dated, precision: 'year' } as const] : []),
  ];
  return birth.kind === 'day' ? [{ text: isoDay(year, 1, 1), precision: 'new-year' }, ...ofYear] : ofYear;
}

/** Days outside the month run over into the next. */
function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
