import type { Accord } from './accord.ts';
import type { CalendarTable, ClockTerms } from './clock-terms.ts';
import type { Head } from './act.ts';

/** The calendar in which a clock runs: that of the trigger's receiver, of its author, or the one the terms name. */
export function calendarOf(
  accord: Pick<Accord, 'parties' | 'calendars'>,
  terms: ClockTerms,
  trigger: Pick<Head, 'from' | 'to'>,
): CalendarTable | undefined {
  if (typeof terms.calendar === 'object') return named(accord.calendars, terms.calendar.name);
  const whose = terms.calendar === 'author' ? trigger.from : trigger.to;
  const party = accord.parties.find(({ id }) => id === whose);
  return party && named(accord.calendars, party.calendar);
}

function named(calendars: Accord['calendars'], name: string): CalendarTable | undefined {
  return Object.hasOwn(calendars, name) ? calendars[name] : undefined;
}
