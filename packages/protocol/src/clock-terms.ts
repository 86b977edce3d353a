/** One year of a party's legal calendar, as data in the accord (PROTOCOL §3.6). Libraries only propose it. */
export interface CalendarYear {
  readonly year: number;
  /** Offsets from UTC in minutes, each from its instant on, the first at or before the year's first instant. */
  readonly offsets: readonly { readonly from: string; readonly minutes: number }[];
  /** Public holidays, `2026-07-14`, with their name. */
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}

/** A named calendar: whose, which weekend (ISO weekday numbers, Monday = 1), which hours, and its yearly tables. */
export interface CalendarTable {
  readonly zone: string;
  readonly weekend: readonly number[];
  readonly hours: { readonly from: string; readonly to: string };
  readonly years: readonly CalendarYear[];
  /** Read in a published source, or still to be confirmed by the party's lawyers. */
  readonly verified: boolean;
}

export type ClockUnit = 'minutes' | 'hours' | 'calendar-days' | 'working-days' | 'months';

/** A legal time limit as the accord fixes it. */
export interface ClockTerms {
  readonly limit: number;
  readonly unit: ClockUnit;
  /** Whose calendar: the receiver's, the author's, or one by name. */
  readonly calendar: 'receiver' | 'author' | { readonly name: string };
  readonly extendableTo?: number;
  readonly onExpiry: 'counted-late' | 'escalate' | 'deemed-agreed' | 'unanswered' | 'expired-unused' | 'none';
  readonly source: string;
  readonly verified: boolean;
}
