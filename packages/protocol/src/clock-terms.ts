/** One year of a party's legal calendar, as data in the accord (PROTOCOL §3.6). Libraries only propose it. */
export interface CalendarYear {
  readonly year: number;
  /**
   * Offsets from UTC in minutes, each from its instant on (`2026-03-29T01:00:00.000Z`), ascending; the first at or
   * before the year's first instant, none after its last.
   */
  readonly offsets: readonly { readonly from: string; readonly minutes: number }[];
  /** Public holidays, `2026-07-14`, with their name; ascending, one a date. */
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}

/** A named calendar: whose, which weekend (ISO weekday numbers, Monday = 1), which hours, and its yearly tables. */
export interface CalendarTable {
  readonly zone: string;
  readonly weekend: readonly number[];
  /** Office hours, `08:30` to `18:00` local: shown to the counterpart; no time limit reads them. */
  readonly hours: { readonly from: string; readonly to: string };
  /** Ascending, without a hole. */
  readonly years: readonly CalendarYear[];
  /** Read in a published source, or still to be confirmed by the party's lawyers. */
  readonly verified: boolean;
}

export const clockUnits = ['minutes', 'hours', 'calendar-days', 'working-days', 'months'] as const;
export type ClockUnit = (typeof clockUnits)[number];

/**
 * On which day a limit in calendar days or months may end: on a working day (Reg. (EEC, Euratom) No 1182/71 art. 3(4)
 * and (5), for what someone has to do), or on any day (its art. 4(1), for how long something is valid).
 */
export const clockEnds = ['working-day', 'any-day'] as const;
export type ClockEnd = (typeof clockEnds)[number];

/** What the track makes of an expiry; its legal consequence takes effect only by an act (PROTOCOL §3.5). */
export const clockExpiries = [
  'counted-late',
  'escalate',
  'deemed-agreed',
  'unanswered',
  'expired-unused',
  'own-document-accepted',
  'back-to-earlier-state',
  'none',
] as const;
export type ClockExpiry = (typeof clockExpiries)[number];

/** A legal time limit as the accord fixes it. */
export interface ClockTerms {
  readonly limit: number;
  readonly unit: ClockUnit;
  /** Whose calendar: the receiver's of the triggering act, its author's, or one by name. */
  readonly calendar: 'receiver' | 'author' | { readonly name: string };
  readonly endsOn: ClockEnd;
  /** The longer limit, same unit, from the same trigger, once an act extends the clock. */
  readonly extendableTo?: number;
  readonly onExpiry: ClockExpiry;
  readonly source: string;
  readonly verified: boolean;
}
