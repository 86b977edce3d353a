import { seeded } from './seeded.ts';

// How often identity_pairs.tsv of the development part has each change, of 1,306 positives with a whole date.
const changes = [
  { often: 521, change: (date: string): string => date },
  { often: 203, change: (date: string): string => date.slice(0, 4) },
  { often: 121, change: (date: string, by: number): string => `~${Number(date.slice(0, 4)) + Math.floor(by * 5) - 2}` },
  { often: 104, change: (date: string, by: number): string => dayBeside(date, by < 0.5 ? -1 : 1) },
  { often: 98, change: (date: string): string => `${date.slice(0, 4)}-01-01` },
  { often: 96, change: (): string => '' },
  { often: 80, change: (date: string): string => date.slice(0, 7) },
  // 33 were swapped; two dates in five can be, and the others stay as they are.
  { often: 83, change: swapped },
] as const;
const wholeDates = changes.reduce((sum, { often }) => sum + often, 0);

// The same count over 305 positives whose date is less than a day: the year alone, or as listed.
const yearOfLess = 89 / 305;

/**
 * The birth date that whoever asks would have written, given what is stored: one of its dates, whole, as its year, as about a year at
 * most two away, a day beside, as 1 January, left out, as its month, or with day and month swapped.
 * @param stored what a table says: dates with `|` between them, not empty
 * @param seed the query's id, which alone decides
 * @returns the date in the same spelling; empty where it is left out
 */
export function imperfectDate(stored: string, seed: string): string {
  const random = seeded(seed);
  const dates = stored.split('|');
  const date = dates[Math.floor(random() * dates.length)] ?? '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return random() < yearOfLess ? (/\d{4}/.exec(date)?.[0] ?? date) : date;
  let drawn = random() * wholeDates;
  const chosen = changes.find(({ often }) => (drawn -= often) < 0) ?? changes[0];
  return chosen.change(date, random());
}

function dayBeside(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** As it was where the day is no month. */
function swapped(date: string): string {
  const [year, month, day] = date.split('-');
  return Number(day) > 12 ? date : `${year}-${day}-${month}`;
}
