/** Whether a value is a calendar day that exists, in its one spelling `2026-11-23`. */
export function isDay(value: unknown): boolean {
  const found = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
  return found !== null && Number(found[3]) >= 1 && Number(found[3]) <= daysOf(Number(found[1]), Number(found[2]));
}

/** Whether a value is a date of any precision: `1984`, `1984-03`, `1984-03-12`. */
export function isPartialDate(value: unknown): boolean {
  return isDay(value) || (typeof value === 'string' && /^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(value));
}

function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
