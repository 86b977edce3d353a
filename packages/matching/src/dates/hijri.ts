/** A day of the Gregorian calendar. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

/**
 * The Gregorian day of a Hijri one by the tabular (civil) Islamic calendar of thirty-year cycles. The sighted month may
 * begin a day earlier or later. `1404-06-09` → `1984-03-12`.
 */
export function gregorianOfHijri(year: number, month: number, day: number): Day {
  const julianDay = day + Math.ceil(29.5 * (month - 1)) + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30) + 1948439;
  return gregorianOfJulianDay(julianDay);
}

/** Fliegel and Van Flandern, Communications of the ACM 11 (1968) 657. */
function gregorianOfJulianDay(julianDay: number): Day {
  let l = julianDay + 68569;
  const n = Math.floor((4 * l) / 146097);
  l -= Math.floor((146097 * n + 3) / 4);
  const i = Math.floor((4000 * (l + 1)) / 1461001);
  l -= Math.floor((1461 * i) / 4) - 31;
  const j = Math.floor((80 * l) / 2447);
  const day = l - Math.floor((2447 * j) / 80);
  l = Math.floor(j / 11);
  return { year: 100 * (n - 49) + i + l, month: j + 2 - 12 * l, day };
}
