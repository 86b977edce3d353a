import type { Instant } from '@entente/protocol';

/** Queries that count in a day (UTC), and in the 30 days that end with it. */
export interface SpentQueries {
  readonly day: number;
  readonly month: number;
}

const day = 86_400_000;

/** When the day that holds `now` began, and the 30 days that end with it: both sides count by the same window. */
export function budgetWindow(now: Instant): readonly [day: number, month: number] {
  const today = Math.floor(now / day) * day;
  return [today, today - 29 * day];
}
