import type { BirthWindow, BirthWindows } from './birth-windows.ts';
import { placeOfRow } from './postings.ts';
import type { Segment } from './segment.ts';

/** Rows from `from` to before `to`, and what it tells that an identity stands there, in nats, roughly. */
export type RowWindow = { readonly from: number; readonly to: number; readonly evidence: number };

/** The windows of a query's births in the rows of one segment, which stand in the order of birth. */
export type RowWindows = { readonly years: readonly RowWindow[]; readonly days: readonly RowWindow[] };

export function rowWindows(segment: Segment, { years, days }: BirthWindows): RowWindows {
  return { years: years.map((window) => rowsOf(segment, window)), days: days.map((window) => rowsOf(segment, window)) };
}

/** What the birth of a row tells, in nats: the narrowest window first. */
export function birthTold(row: number, { years, days }: RowWindows): number {
  if (years.length === 1) return 0;
  for (const { from, to, evidence } of days) if (row >= from && row < to) return evidence;
  for (const { from, to, evidence } of years) if (row >= from && row < to) return evidence;
  return 0;
}

function rowsOf({ rowBirths }: Segment, { from, to, evidence }: BirthWindow): RowWindow {
  return {
    from: placeOfRow(rowBirths, 0, rowBirths.length, from),
    to: placeOfRow(rowBirths, 0, rowBirths.length, to),
    evidence,
  };
}
