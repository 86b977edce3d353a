import type { CalendarTable, CalendarYear } from './clock-terms.ts';
import { readInstant } from './identifiers.ts';

const minute = 60_000;
const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Says of a table of the right shape where it leaves an instant without a date, or gives it two. */
export function calendarFaults(
  table: CalendarTable,
  where: string,
  fault: (where: string, what: string) => void,
): void {
  const { from, to } = table.hours;
  if (!timeOfDay.test(from) || !timeOfDay.test(to) || from >= to) fault(`${where}.hours`, 'from 08:30 to 18:00');
  if (!isAscending(table.weekend)) fault(`${where}.weekend`, 'weekdays 1 to 7, ascending');
  table.years.forEach((year, i) => {
    const place = `${where}.years[${i}]`;
    readYear(year, place, fault);
    const before = table.years[i - 1];
    if (before === undefined) return;
    if (year.year !== before.year + 1) fault(`${place}.year`, 'the year after the one before');
    if (year.offsets[0]?.minutes !== before.offsets.at(-1)?.minutes) {
      fault(`${place}.offsets[0].minutes`, 'the offset with which the year before ends');
    }
  });
}

function readYear(year: CalendarYear, where: string, fault: (where: string, what: string) => void): void {
  const first = Date.UTC(year.year, 0, 1);
  const next = Date.UTC(year.year + 1, 0, 1);
  year.offsets.forEach(({ from, minutes }, i) => {
    const place = `${where}.offsets[${i}]`;
    const local = (readInstant(from) ?? 0) + minutes * minute;
    const before = year.offsets[i - 1];
    if (before === undefined) {
      if (local > first) fault(`${place}.from`, 'at or before the year’s first instant');
      return;
    }
    if (from <= before.from || local <= first || local > next) fault(`${place}.from`, 'within the year, ascending');
    if (minutes === before.minutes) fault(`${place}.minutes`, 'another offset than before');
  });
  const dates = year.holidays.map(({ date }) => date);
  if (!isAscending(dates)) fault(`${where}.holidays`, 'dates ascending, none twice');
  dates.forEach((date, i) => {
    if (Number(date.slice(0, 4)) !== year.year) fault(`${where}.holidays[${i}].date`, 'a date of the year');
  });
}

function isAscending(values: readonly (string | number)[]): boolean {
  return values.every((value, i) => {
    const before = values[i - 1];
    return before === undefined || before < value;
  });
}
