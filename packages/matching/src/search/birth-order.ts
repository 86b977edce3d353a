import type { BirthDate } from '../dates/birth-date.ts';

/** A birth date as one number that sorts by year, month, day: `year << 9 | month << 5 | day`, zero for parts unsaid. */
export type BirthOrder = number;

export const UNDATED: BirthOrder = 0;

export function birthOrder(year: number, month: number, day: number): BirthOrder {
  return (year << 9) | (month << 5) | day;
}

export function orderOf(birth: BirthDate): BirthOrder {
  switch (birth.kind) {
    case 'day':
      return birthOrder(birth.year, birth.month, birth.day);
    case 'month':
      return birthOrder(birth.year, birth.month, 0);
    case 'year':
    case 'about':
      return birthOrder(birth.year, 0, 0);
    case 'between':
      return birthOrder(birth.from, 0, 0);
    default:
      return birth satisfies never;
  }
}

/** Where the rows of an identity stand: one for each birth, one for each of the years between two, one if it has none. */
export function birthOrders(births: readonly BirthDate[]): readonly BirthOrder[] {
  const orders = new Set<BirthOrder>();
  for (const birth of births) {
    orders.add(orderOf(birth));
    if (birth.kind !== 'between') continue;
    for (let year = birth.from + 1; year <= Math.min(birth.to, birth.from + MOST_YEARS); year++)
      orders.add(birthOrder(year, 0, 0));
  }
  return orders.size === 0 ? [UNDATED] : [...orders].slice(0, MOST_ROWS);
}

/** A longer span of years dates nobody; rows beyond these cost memory and find nothing. */
const MOST_YEARS = 4;
const MOST_ROWS = 8;
