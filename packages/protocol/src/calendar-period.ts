import { endOfDay, isUndetermined, isWorkingDay, localTime } from './calendar.ts';
import type { LocalTime, Undetermined } from './calendar.ts';
import type { CalendarTable, ClockTerms } from './clock-terms.ts';
import type { Instant } from './identifiers.ts';

/** A while in which a period does not run. */
export interface Stop {
  readonly from: Instant;
  readonly to: Instant;
}

/** What of a clock's terms a period needs. */
export type Period = Pick<ClockTerms, 'limit' | 'unit' | 'endsOn'>;

const minute = 60_000;
const hour = 3_600_000;

/**
 * When a period that runs from an event is over: the first instant that is no longer in time.
 *
 * Counted by Regulation (EEC, Euratom) No 1182/71, which only a whole unit satisfies:
 * - art. 3(1): the hour, or the day, during which the event occurs is not counted; so the instant within it is of no
 *   matter, and a period of hours ends at a full hour;
 * - art. 3(2)(a)–(b): it ends with the last hour of its last day;
 * - art. 3(2)(c): months end on the date of the event, or on the month's last day where there is no such date;
 * - art. 3(3): holidays and weekends count, unless the period is in working days;
 * - art. 3(4): a last day off moves to the next working day, except in a period of hours, and where `endsOn` is `any-day`;
 * - art. 3(5): a period of two days or more has at least two working days; same exceptions.
 * A limit in minutes is this project's own and runs exactly, from instant to instant.
 *
 * The regulation knows no stop. We carry its principle on: an hour, a day, touched by a stop is not counted (nor is the
 * one in which the clock resumes, being that of an event); a limit in minutes moves by exactly the time stopped.
 *
 * @param stops ascending, none overlapping the next
 */
export function endOfPeriod(
  table: CalendarTable,
  event: Instant,
  period: Period,
  stops: readonly Stop[] = [],
): Instant | Undetermined {
  const start = localTime(table, event);
  if (isUndetermined(start)) return start;
  switch (period.unit) {
    case 'minutes':
      return endOfMinutes(event, period.limit, stops);
    case 'hours':
      return endOfHours(event, start, period.limit, stops);
    case 'calendar-days':
    case 'working-days':
      return endOfDays(table, start.date, period, period.limit, stops);
    case 'months':
      return endOfDays(table, start.date, period, daysInMonths(start.date, period.limit), stops);
    default:
      return period.unit satisfies never;
  }
}

function endOfMinutes(event: Instant, limit: number, stops: readonly Stop[]): Instant {
  let end = event + limit * minute;
  for (const stop of stops) {
    const from = Math.max(stop.from, event);
    if (from < end && stop.to > from) end += stop.to - from;
  }
  return end as Instant;
}

function endOfHours(event: Instant, start: LocalTime, limit: number, stops: readonly Stop[]): Instant {
  const first = event - (start.millisecond % hour) + hour;
  let end = first + limit * hour;
  let counted = first;
  for (const stop of stops) {
    const from = Math.max(counted, first + Math.floor((stop.from - first) / hour) * hour);
    const to = first + (Math.floor((stop.to - first) / hour) + 1) * hour;
    if (from >= end || to <= from) continue;
    end += to - from;
    counted = to;
  }
  return end as Instant;
}

function daysInMonths(start: Temporal.PlainDate, months: number): number {
  return start.until(start.add({ months }, { overflow: 'constrain' }), { largestUnit: 'days' }).days;
}

function endOfDays(
  table: CalendarTable,
  start: Temporal.PlainDate,
  period: Period,
  limit: number,
  stops: readonly Stop[],
): Instant | Undetermined {
  const touched = datesOf(table, stops);
  if (isUndetermined(touched)) return touched;
  const movesOn = period.unit !== 'working-days' && period.endsOn === 'working-day';
  let date = start;
  let counted = 0;
  let working = 0;
  for (;;) {
    date = date.add({ days: 1 });
    const isWorking = isWorkingDay(table, date);
    if (isUndetermined(isWorking)) return isWorking;
    if (touched(date)) continue;
    if (isWorking) working++;
    if (isWorking || period.unit !== 'working-days') counted++;
    if (counted < limit) continue;
    if (!movesOn || (isWorking && working >= Math.min(limit, 2))) return endOfDay(table, date);
  }
}

type Dates = (date: Temporal.PlainDate) => boolean;

function datesOf(table: CalendarTable, stops: readonly Stop[]): Dates | Undetermined {
  const { compare } = Temporal.PlainDate;
  const spans: { readonly first: Temporal.PlainDate; last: Temporal.PlainDate }[] = [];
  for (const stop of stops) {
    const first = localTime(table, stop.from);
    if (isUndetermined(first)) return first;
    const last = localTime(table, stop.to);
    if (isUndetermined(last)) return last;
    const before = spans.at(-1);
    if (before !== undefined && compare(first.date, before.last) <= 0) before.last = last.date;
    else spans.push({ first: first.date, last: last.date });
  }
  return (date) => spans.some(({ first, last }) => compare(first, date) <= 0 && compare(date, last) <= 0);
}
