import Holidays from 'date-holidays';
import type { CalendarTable, CalendarYear } from '@entente/protocol';

/** What to propose a calendar for. */
export interface CalendarWanted {
  /** ISO 3166-1 alpha-2, `MA`. */
  readonly country: string;
  /** IANA time zone, `Africa/Casablanca`. */
  readonly zone: string;
  /** First and last year, both included. */
  readonly from: number;
  readonly to: number;
  readonly language: 'fr' | 'ar' | 'en';
  /** Office hours, for show. */
  readonly hours: { readonly from: string; readonly to: string };
}

const day = 86_400_000;

/**
 * Proposes a calendar for an accord: national public holidays from `date-holidays`, weekend and changes of hour from what
 * this machine knows. A proposal only, never verified: holidays by sighting of the moon may fall a day or two later,
 * decreed ones and second days are missing, and a change of hour can be decreed after the machine's tables were made.
 *
 * @throws RangeError for a country or zone that is not known
 */
export function proposeCalendar(wanted: CalendarWanted): CalendarTable {
  const holidays = new Holidays(wanted.country, { types: ['public'] });
  const years: CalendarYear[] = [];
  for (let year = wanted.from; year <= wanted.to; year++) {
    years.push({ year, offsets: proposeOffsets(wanted.zone, year), holidays: proposeHolidays(holidays, wanted, year) });
  }
  return {
    zone: wanted.zone,
    weekend: new Intl.Locale(`und-${wanted.country}`).getWeekInfo().weekend,
    hours: wanted.hours,
    years,
    verified: false,
  };
}

function proposeOffsets(zone: string, year: number): CalendarYear['offsets'] {
  const first = Temporal.ZonedDateTime.from({ timeZone: zone, year, month: 1, day: 1 });
  const next = first.add({ years: 1 });
  const offsets = [writeOffset(first)];
  for (
    let change = first.getTimeZoneTransition('next');
    change !== null && change.epochMilliseconds < next.epochMilliseconds;
    change = change.getTimeZoneTransition('next')
  ) {
    offsets.push(writeOffset(change));
  }
  return offsets;
}

function writeOffset(moment: Temporal.ZonedDateTime): CalendarYear['offsets'][number] {
  return {
    from: moment.toInstant().toString({ fractionalSecondDigits: 3 }),
    minutes: Math.round(moment.offsetNanoseconds / 60_000_000_000),
  };
}

function proposeHolidays(holidays: Holidays, wanted: CalendarWanted, year: number): CalendarYear['holidays'] {
  const found = holidays.getHolidays(year, wanted.language).filter(({ type }) => type === 'public');
  if (found.length === 0) throw new RangeError(`no public holidays known for ${wanted.country} in ${year}`);
  const names = new Map<string, string>();
  for (const holiday of found) {
    const first = Temporal.PlainDate.from(holiday.date.slice(0, 10));
    // A whole day can last 23 or 25 hours.
    const days = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / day));
    for (let i = 0; i < days; i++) {
      const date = first.add({ days: i });
      if (date.year !== year) continue;
      const before = names.get(date.toString());
      names.set(date.toString(), before === undefined ? holiday.name : `${before}, ${holiday.name}`);
    }
  }
  return [...names].map(([date, name]) => ({ date, name })).sort((one, other) => (one.date < other.date ? -1 : 1));
}
