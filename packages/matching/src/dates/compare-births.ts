import type { BirthDate } from './birth-date.ts';

/** What two birth dates say of each other, strongest agreement first; `missing` where a side has none. */
export const BIRTH_FINDINGS = [
  'same-day',
  'same-day-january-1',
  'day-month-swapped',
  'day-before-or-after',
  'one-figure-differs',
  'presumed-january-1',
  'same-month',
  'same-year',
  'within-range',
  'about-same-year',
  'same-day-other-year',
  'same-year-other-day',
  'years-1',
  'years-2',
  'years-3-to-5',
  'years-6-or-more',
  'missing',
] as const;
export type BirthFinding = (typeof BIRTH_FINDINGS)[number];

/** Index into `BIRTH_FINDINGS`; a number so that the fast path allocates nothing. */
export function compareBirths(a: BirthDate, b: BirthDate): number {
  if (a.kind === 'day' && b.kind === 'day') return compareDays(a, b);
  if (a.kind === 'between' || b.kind === 'between' || a.kind === 'about' || b.kind === 'about')
    return compareRanges(a, b);
  if (a.year !== b.year) return yearsApart(Math.abs(a.year - b.year));
  if (a.kind === 'year' || b.kind === 'year') return SAME_YEAR;
  if (a.month === b.month) return SAME_MONTH;
  return isNewYear(a) || isNewYear(b) ? PRESUMED : SAME_YEAR_OTHER_DAY;
}

const at = (finding: BirthFinding): number => BIRTH_FINDINGS.indexOf(finding);
const SAME_DAY = at('same-day');
const SAME_NEW_YEAR = at('same-day-january-1');
const SWAPPED = at('day-month-swapped');
const NEXT_DAY = at('day-before-or-after');
const ONE_FIGURE = at('one-figure-differs');
const PRESUMED = at('presumed-january-1');
const SAME_MONTH = at('same-month');
const SAME_YEAR = at('same-year');
const WITHIN = at('within-range');
const ABOUT = at('about-same-year');
const OTHER_YEAR = at('same-day-other-year');
const SAME_YEAR_OTHER_DAY = at('same-year-other-day');
const YEARS_1 = at('years-1');
const YEARS_2 = at('years-2');
const YEARS_3 = at('years-3-to-5');
const YEARS_6 = at('years-6-or-more');
export const BIRTH_MISSING: number = at('missing');

type Dated = { readonly year: number; readonly month: number; readonly day: number };

function compareDays(a: Dated, b: Dated): number {
  if (a.year === b.year) {
    if (a.month === b.month && a.day === b.day) return isNewYear(a) ? SAME_NEW_YEAR : SAME_DAY;
    if (a.month === b.day && a.day === b.month) return SWAPPED;
    if (Math.abs(dayOfYear(a) - dayOfYear(b)) === 1) return NEXT_DAY;
    if (isNewYear(a) || isNewYear(b)) return PRESUMED;
    return figuresApart(a, b) === 1 ? ONE_FIGURE : SAME_YEAR_OTHER_DAY;
  }
  if (a.month === b.month && a.day === b.day && !isNewYear(a))
    return figuresApart(a, b) === 1 ? ONE_FIGURE : OTHER_YEAR;
  return yearsApart(Math.abs(a.year - b.year));
}

const isNewYear = (date: BirthDate | Dated): boolean => 'day' in date && date.day === 1 && date.month === 1;
const dayOfYear = (date: Dated): number =>
  Math.floor((275 * date.month) / 9) + date.day - (date.month > 2 ? (date.year % 4 === 0 ? 1 : 2) : 0);

/** Figures that differ between the two dates as typed. */
function figuresApart(a: Dated, b: Dated): number {
  let apart = 0;
  for (let unit = 1; unit <= 1000; unit *= 10)
    if (Math.floor(a.year / unit) % 10 !== Math.floor(b.year / unit) % 10) apart += 1;
  for (let unit = 1; unit <= 10; unit *= 10) {
    if (Math.floor(a.month / unit) % 10 !== Math.floor(b.month / unit) % 10) apart += 1;
    if (Math.floor(a.day / unit) % 10 !== Math.floor(b.day / unit) % 10) apart += 1;
  }
  return apart;
}

function compareRanges(a: BirthDate, b: BirthDate): number {
  const gap = Math.max(lowest(a) - highest(b), lowest(b) - highest(a), 0);
  if (gap === 0) return a.kind === 'between' || b.kind === 'between' ? WITHIN : ABOUT;
  const about = a.kind === 'about' || b.kind === 'about';
  if (about && gap <= 2) return ABOUT;
  return yearsApart(gap);
}

const lowest = (date: BirthDate): number => (date.kind === 'between' ? date.from : date.year);
const highest = (date: BirthDate): number => (date.kind === 'between' ? date.to : date.year);

function yearsApart(years: number): number {
  if (years === 0) return SAME_YEAR;
  if (years === 1) return YEARS_1;
  if (years === 2) return YEARS_2;
  return years <= 5 ? YEARS_3 : YEARS_6;
}
