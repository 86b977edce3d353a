import type { BirthDate } from '../dates/birth-date.ts';
import { birthOrder, UNDATED } from './birth-order.ts';
import type { BirthOrder } from './birth-order.ts';

/** Births from `from` to before `to`, and what it tells that an identity's lies there, in nats, roughly. */
export type BirthWindow = { readonly from: BirthOrder; readonly to: BirthOrder; readonly evidence: number };

/** What the births of a query make of the index's rows. */
export type BirthWindows = {
  /** Apart from each other, all rows together. */
  readonly years: readonly BirthWindow[];
  /** Narrow: where an imperfect copy of the date would stand, so that one agreeing name is enough to look. */
  readonly days: readonly BirthWindow[];
};

export function birthWindows(births: readonly BirthDate[]): BirthWindows {
  const near = births.slice(0, MOST_BIRTHS).map((birth) => yearsOf(birth));
  return { years: partition(near), days: births.slice(0, MOST_BIRTHS).flatMap((birth) => daysOf(birth)) };
}

const MOST_BIRTHS = 4;
const YEARS_ABOUT = 2;
const IN_YEARS = 3;
const UNSAID = 0;
const ELSEWHERE = -3;
const END: BirthOrder = birthOrder(4095, 15, 31);

type Years = { readonly from: number; readonly to: number };

function yearsOf(birth: BirthDate): Years {
  const [from, to] = birth.kind === 'between' ? [birth.from, birth.to] : [birth.year, birth.year];
  return { from: from - YEARS_ABOUT, to: to + YEARS_ABOUT + 1 };
}

/** Undated rows, then the years near a birth and those between, in order. Without births: everything, telling nothing. */
function partition(near: readonly Years[]): BirthWindow[] {
  if (near.length === 0) return [{ from: UNDATED, to: END, evidence: 0 }];
  const windows: BirthWindow[] = [{ from: UNDATED, to: 1, evidence: UNSAID }];
  let at = 1;
  for (const { from, to } of near.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(at, birthOrder(from, 0, 0));
    const end = birthOrder(to, 0, 0);
    if (end <= start) continue;
    if (start > at) windows.push({ from: at, to: start, evidence: ELSEWHERE });
    windows.push({ from: start, to: end, evidence: IN_YEARS });
    at = end;
  }
  return [...windows, { from: at, to: END, evidence: ELSEWHERE }];
}

/** The day itself, its neighbours, day and month exchanged, the month alone, and the year alone or as 1 January. */
function daysOf(birth: BirthDate): BirthWindow[] {
  if (birth.kind !== 'day') return [];
  const { year, month, day } = birth;
  const windows = [
    { from: birthOrder(year, month, day) - 1, to: birthOrder(year, month, day) + 2, evidence: 8 },
    { from: birthOrder(year, month, 0), to: birthOrder(year, month, 1), evidence: 6 },
    { from: birthOrder(year, 0, 0), to: birthOrder(year, 0, 1), evidence: 4 },
    { from: birthOrder(year, 1, 1), to: birthOrder(year, 1, 2), evidence: 4 },
  ];
  if (day > 12) return windows;
  return [...windows, { from: birthOrder(year, day, month), to: birthOrder(year, day, month) + 1, evidence: 6 }];
}
