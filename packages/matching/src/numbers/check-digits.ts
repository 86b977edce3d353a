/** Check digits: what tells a number from a slip of the pen without asking whoever gave it. Each takes capitals and figures only. */

/** IBAN, ISO 13616: country and check figures behind the rest, letters as 10 to 35, modulo 97 is 1. */
export function holdsMod97(iban: string): boolean {
  return modulo97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

/** The two check figures of an account number of a country. */
export function ibanFigures(country: string, account: string): string {
  return String(98 - modulo97(`${account}${country}00`)).padStart(2, '0');
}

function modulo97(text: string): number {
  let rest = 0;
  for (const sign of text) rest = (sign < 'A' ? rest * 10 + Number(sign) : rest * 100 + valueOf(sign)) % 97;
  return rest;
}

/** IMEI, 3GPP TS 23.003 annex B: fifteen figures, every second doubled from behind (Luhn). */
export function holdsLuhn(figures: string): boolean {
  let sum = 0;
  for (const [at, figure] of [...figures].toReversed().entries()) {
    const value = Number(figure) * (at % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** IMO ship number, resolution A.1117(30): six figures times 7 to 2, whose sum ends in the seventh. */
export function holdsImo(figures: string): boolean {
  const sum = [7, 6, 5, 4, 3, 2].reduce((sum, weight, at) => sum + weight * Number(figures[at]), 0);
  return sum % 10 === Number(figures[6]);
}

/** Vehicle identification number, 49 CFR 565.15: weighed values modulo 11 stand in the ninth place, 10 as X. */
export function holdsVin(vin: string): boolean {
  const sum = [...vin].reduce((sum, sign, at) => sum + vinValue(sign) * (VIN_WEIGHTS[at] ?? 0), 0) % 11;
  return vin[8] === (sum === 10 ? 'X' : String(sum));
}

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** A to H are 1 to 8, J to R 1 to 9, S to Z 2 to 9; I, O and Q stand in no such number. */
function vinValue(sign: string): number {
  if (sign < 'A') return Number(sign);
  if (sign <= 'H') return sign.charCodeAt(0) - 64;
  return sign <= 'R' ? sign.charCodeAt(0) - 73 : sign.charCodeAt(0) - 81;
}

/** The check figure of ICAO Doc 9303 part 3, 4.9: times 7, 3, 1 in turn, modulo 10; `<` is 0. */
export function icaoFigure(field: string): string {
  const weights = [7, 3, 1];
  const sum = [...field].reduce(
    (sum, sign, at) => sum + (sign === '<' ? 0 : valueOf(sign)) * (weights[at % 3] ?? 0),
    0,
  );
  return String(sum % 10);
}

/** Figures as themselves, A to Z as 10 to 35. */
function valueOf(sign: string): number {
  return sign < 'A' ? Number(sign) : sign.charCodeAt(0) - 55;
}
