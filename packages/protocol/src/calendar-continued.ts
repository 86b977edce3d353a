import type { CalendarTable } from './clock-terms.ts';

/**
 * The table a running clock reads: its trigger's, whose years nothing changes any more (PROTOCOL §3.6), continued by the
 * years that later accords add after its last one.
 *
 * @param tables the trigger's first, then those of later accords in their order
 */
export function continueCalendar(tables: readonly [CalendarTable, ...CalendarTable[]]): CalendarTable {
  const [first, ...later] = tables;
  const years = [...first.years];
  for (const table of later) {
    for (const year of table.years) if (year.year === (years.at(-1)?.year ?? -Infinity) + 1) years.push(year);
  }
  return { ...first, years };
}
