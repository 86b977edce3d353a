/** Capitals and Western figures only, whatever blanks, hyphens and figures of other scripts were written. */
export function plainNumber(written: string): string {
  return withFigures(written).replace(/[^\p{Nd}\p{L}]/gu, '');
}

/** Capitals, Western figures and signs as written. */
export function withFigures(written: string): string {
  return westernFigures(written.slice(0, LONGEST_NUMBER)).toUpperCase();
}

/** The text with Arabic-Indic, Persian and other figures as 0–9. */
export function westernFigures(written: string): string {
  return written.normalize('NFKC').replace(/\p{Nd}/gu, westernFigure);
}

const LONGEST_NUMBER = 300;

/** What optical readers and people confuse, by ICAO Doc 9303's own warning and common experience: O 0, I 1, Z 2, S 5, G 6, B 8. */
export function sameToReader(number: string): string {
  return number.replace(/[OQDILZSGB]/g, (letter) => CONFUSED[letter] ?? letter);
}

const CONFUSED: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
};

function westernFigure(figure: string): string {
  const code = figure.codePointAt(0) ?? 48;
  if (code < 58) return figure;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  return String(code - zero);
}
