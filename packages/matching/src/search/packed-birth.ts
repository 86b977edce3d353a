import type { BirthDate } from '../dates/birth-date.ts';
import { orderOf } from './birth-order.ts';

/** A birth in 32 bits: its order in the upper 21, below it `about` (1) or, for years between, how many follow the first (2 and above). */
export function packBirth(birth: BirthDate): number {
  switch (birth.kind) {
    case 'day':
    case 'month':
    case 'year':
      return (orderOf(birth) << EXTRA_BITS) >>> 0;
    case 'about':
      return ((orderOf(birth) << EXTRA_BITS) | ABOUT) >>> 0;
    case 'between':
      return ((orderOf(birth) << EXTRA_BITS) | (FIRST_SPAN + Math.min(birth.to - birth.from, LONGEST_SPAN))) >>> 0;
    default:
      return birth satisfies never;
  }
}

/** The inverse, except that years between are at most three hundred apart. */
export function unpackBirth(packed: number): BirthDate {
  const extra = packed & ((1 << EXTRA_BITS) - 1);
  const order = packed >>> EXTRA_BITS;
  const year = order >>> 9;
  const month = (order >>> 5) & 15;
  const day = order & 31;
  if (extra >= FIRST_SPAN) return { kind: 'between', from: year, to: year + extra - FIRST_SPAN };
  if (extra === ABOUT) return { kind: 'about', year };
  if (day > 0) return { kind: 'day', year, month, day };
  return month > 0 ? { kind: 'month', year, month } : { kind: 'year', year };
}

/** As an `Identity` writes it. */
export function writeBirth(birth: BirthDate): string {
  switch (birth.kind) {
    case 'day':
      return `${birth.year}-${twoFigures(birth.month)}-${twoFigures(birth.day)}`;
    case 'month':
      return `${birth.year}-${twoFigures(birth.month)}`;
    case 'year':
      return String(birth.year);
    case 'about':
      return `~${birth.year}`;
    case 'between':
      return `${birth.from}/${birth.to}`;
    default:
      return birth satisfies never;
  }
}

/** Years are below 4096: 21 bits of order leave 9 for a span and two bits to spare. */
const EXTRA_BITS = 9;
const ABOUT = 1;
const FIRST_SPAN = 2;
const LONGEST_SPAN = 300;

const twoFigures = (number: number): string => String(number).padStart(2, '0');
