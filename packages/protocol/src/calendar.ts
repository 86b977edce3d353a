import { readInstant, writeInstant } from './identifiers.ts';
import type { Instant } from './identifiers.ts';
import type { CalendarTable, CalendarYear } from './clock-terms.ts';

/** The table has no such year: an expected turn, to be shown with the year that the accord must add. */
export interface Undetermined {
  readonly kind: 'undetermined';
  readonly year: number;
}

/** A local date and the milliseconds since its midnight by the wall clock. */
export interface LocalTime {
  readonly date: Temporal.PlainDate;
  readonly millisecond: number;
}

const minute = 60_000;
const day = 86_400_000;

export function isUndetermined(value: unknown): value is Undetermined {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'undetermined';
}

/**
 * The wall clock of a calendar at an instant. Reads the table alone, never the zones of the machine: both stations must
 * compute the same, whatever their system knows of a change of hour decreed last week.
 */
export function localTime(table: CalendarTable, instant: Instant): LocalTime | Undetermined {
  for (const year of table.years) {
    const local = instant + offsetAt(year, instant) * minute;
    if (dateOf(local).year === year.year) return { date: dateOf(local), millisecond: modulo(local, day) };
  }
  const nearest = table.years.findLast(({ offsets }) => timeOf(offsets[0]?.from ?? '') <= instant) ?? table.years[0];
  return undetermined(dateOf(instant + (nearest === undefined ? 0 : offsetAt(nearest, instant) * minute)).year);
}

/** Whether a date is neither on the weekend nor a public holiday (Reg. (EEC, Euratom) No 1182/71 art. 2). */
export function isWorkingDay(table: CalendarTable, date: Temporal.PlainDate): boolean | Undetermined {
  const year = table.years.find((candidate) => candidate.year === date.year);
  if (year === undefined) return undetermined(date.year);
  if (table.weekend.includes(date.dayOfWeek)) return false;
  const text = date.toString();
  return !year.holidays.some((holiday) => holiday.date === text);
}

/** The date reached after so many working days; the first date is not counted. */
export function addWorkingDays(
  table: CalendarTable,
  from: Temporal.PlainDate,
  days: number,
): Temporal.PlainDate | Undetermined {
  let date = from;
  for (let counted = 0; counted < days;) {
    date = date.add({ days: 1 });
    const working = isWorkingDay(table, date);
    if (isUndetermined(working)) return working;
    if (working) counted++;
  }
  return date;
}

/**
 * The instant at which a date is over: its 24:00, the first instant that is no longer in time. Where a change of hour
 * makes 24:00 come twice, the second; where it skips 24:00, the change.
 */
export function endOfDay(table: CalendarTable, date: Temporal.PlainDate): Instant | Undetermined {
  return midnight(table, date, 1);
}

/** The instant at which a date begins, e.g. the 1 January that starts a yearly limit. */
export function startOfDay(table: CalendarTable, date: Temporal.PlainDate): Instant | Undetermined {
  return midnight(table, date, 0);
}

function midnight(table: CalendarTable, date: Temporal.PlainDate, daysLater: 0 | 1): Instant | Undetermined {
  const year = table.years.find((candidate) => candidate.year === date.year);
  if (year === undefined) return undetermined(date.year);
  return instantOf(year, Date.UTC(date.year, date.month - 1, date.day + daysLater));
}

function instantOf(year: CalendarYear, local: number): Instant {
  const candidates = year.offsets
    .map(({ minutes }) => ({ minutes, instant: local - minutes * minute }))
    .filter(({ minutes, instant }) => offsetAt(year, instant) === minutes);
  if (candidates.length > 0) return Math.max(...candidates.map(({ instant }) => instant)) as Instant;
  const change = year.offsets.find(({ from, minutes }, i) => i > 0 && timeOf(from) + minutes * minute > local);
  return timeOf(change?.from ?? '') as Instant;
}

function offsetAt(year: CalendarYear, instant: number): number {
  // Instants have one spelling of one width: their order as text is their order in time.
  const now = writeInstant(instant as Instant);
  const offset = year.offsets.findLast(({ from }) => from <= now) ?? year.offsets[0];
  return offset?.minutes ?? 0;
}

function timeOf(text: string): number {
  return readInstant(text) ?? Infinity;
}

function dateOf(local: number): Temporal.PlainDate {
  const days = Math.floor(local / day);
  return epoch.add({ days });
}

const epoch = Temporal.PlainDate.from('1970-01-01');

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function undetermined(year: number): Undetermined {
  return Object.freeze({ kind: 'undetermined', year });
}
