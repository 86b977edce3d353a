import { gregorianOfHijri } from './hijri.ts';

/** A birth date as precise as it was written; years are Gregorian. */
export type BirthDate =
  | { readonly kind: 'day'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'about'; readonly year: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number };

export type BirthRefusal = 'unread-date' | 'impossible-date' | 'year-out-of-range' | 'between-reversed';

export type BirthReading =
  | { readonly kind: 'birth'; readonly birth: BirthDate; readonly hijri: boolean }
  | { readonly kind: 'refused'; readonly reason: BirthRefusal };

const EARLIEST = 1850;
const LATEST = 2150;

/**
 * Reads `1984-03-12`, `1984-03`, `1984`, `~1984` or `1982/1986`. A year from 1250 to 1550 is Hijri, as registers of
 * the Gulf and old Maghrebi papers write it, and is converted by the tabular calendar, which is true to about a day.
 * `1984-00-00` and `1984-03-00`, the machine-readable way to say unknown, are read as year and month.
 */
export function readBirthDate(written: string): BirthReading {
  const text = written
    .trim()
    .slice(0, 40)
    .replace(/-00(?:-00)?$/, '');
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day !== null) return fromDay(Number(day[1]), Number(day[2]), Number(day[3]));
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month !== null) return fromMonth(Number(month[1]), Number(month[2]));
  const year = /^(~?)(\d{4})$/.exec(text);
  if (year !== null) return fromYear(Number(year[2]), year[1] === '~');
  const between = /^(\d{4})\/(\d{4})$/.exec(text);
  return between === null ? refuse('unread-date') : fromRange(Number(between[1]), Number(between[2]));
}

const refuse = (reason: BirthRefusal): BirthReading => ({ kind: 'refused', reason });
const isHijri = (year: number): boolean => year >= 1250 && year <= 1550;
const isYear = (year: number): boolean => year >= EARLIEST && year <= LATEST;

function fromDay(year: number, month: number, day: number): BirthReading {
  if (month < 1 || month > 12 || day < 1) return refuse('impossible-date');
  if (isHijri(year)) {
    if (day > 30) return refuse('impossible-date');
    return { kind: 'birth', birth: { kind: 'day', ...gregorianOfHijri(year, month, day) }, hijri: true };
  }
  if (!isYear(year)) return refuse('year-out-of-range');
  if (day > daysIn(year, month)) return refuse('impossible-date');
  return { kind: 'birth', birth: { kind: 'day', year, month, day }, hijri: false };
}

function fromMonth(year: number, month: number): BirthReading {
  if (month < 1 || month > 12) return refuse('impossible-date');
  if (isHijri(year)) {
    const middle = gregorianOfHijri(year, month, 15);
    return { kind: 'birth', birth: { kind: 'month', year: middle.year, month: middle.month }, hijri: true };
  }
  return isYear(year)
    ? { kind: 'birth', birth: { kind: 'month', year, month }, hijri: false }
    : refuse('year-out-of-range');
}

function fromYear(year: number, about: boolean): BirthReading {
  if (isHijri(year)) {
    const from = gregorianOfHijri(year, 1, 1).year;
    const to = gregorianOfHijri(year, 12, 29).year;
    return { kind: 'birth', birth: about ? { kind: 'about', year: from } : { kind: 'between', from, to }, hijri: true };
  }
  return isYear(year)
    ? { kind: 'birth', birth: { kind: about ? 'about' : 'year', year }, hijri: false }
    : refuse('year-out-of-range');
}

function fromRange(from: number, to: number): BirthReading {
  if (!isYear(from) || !isYear(to)) return refuse('year-out-of-range');
  return from > to ? refuse('between-reversed') : { kind: 'birth', birth: { kind: 'between', from, to }, hijri: false };
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
