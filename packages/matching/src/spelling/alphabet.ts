import { ARABIC_LETTERS } from '../names/arabic.ts';

/** Symbol 0 is the empty side of an edit. */
export const ARABIC_SYMBOLS: number = ARABIC_LETTERS.length + 1;

/** Latin letters and the pairs of letters that French, English and Spanish write for one Arabic letter or vowel. */
export const LATIN_GRAPHEMES: readonly string[] = [
  ...'abcdefghijklmnopqrstuvwxyz',
  'sh',
  'ch',
  'kh',
  'gh',
  'dh',
  'th',
  'ph',
  'dj',
  'zh',
  'ts',
  'ck',
  'qu',
  'ou',
  'oo',
  'ee',
  'aa',
  'ai',
  'ei',
  'au',
  'eu',
  'ie',
  'ia',
  'oe',
  'ay',
  'ey',
  'aw',
];
export const LATIN_SYMBOLS: number = LATIN_GRAPHEMES.length + 1;

const arabicSymbol: ReadonlyMap<string, number> = new Map([...ARABIC_LETTERS].map((letter, at) => [letter, at + 1]));
const latinSymbol: ReadonlyMap<string, number> = new Map(LATIN_GRAPHEMES.map((grapheme, at) => [grapheme, at + 1]));

/** The symbols of folded letters; a doubled consonant counts once, since every spelling doubles by its own taste. */
export function encodeSpelling(letters: string, script: 'latin' | 'arabic'): Uint8Array {
  const symbols = new Uint8Array(letters.length);
  const count = script === 'latin' ? encodeLatin(letters, symbols) : encodeArabic(letters, symbols);
  return symbols.slice(0, count);
}

function encodeArabic(letters: string, symbols: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < letters.length; i++) {
    const symbol = arabicSymbol.get(letters.charAt(i));
    if (symbol !== undefined) symbols[count++] = symbol;
  }
  return count;
}

function encodeLatin(letters: string, symbols: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < letters.length; i++) {
    // Every spelling of three letters ends in h.
    const simpler = letters.charCodeAt(i + 2) === H ? SIMPLER[letters.slice(i, i + 3)] : undefined;
    const pair = simpler === undefined ? pairSymbol(letters, i) : latinSymbol.get(simpler);
    if (pair !== undefined) {
      symbols[count++] = pair;
      i += simpler === undefined ? 1 : 2;
      continue;
    }
    const letter = letters.charCodeAt(i);
    if (letter < A || letter > Z || (count > 0 && letter === letters.charCodeAt(i - 1))) continue;
    symbols[count++] = letter - A + 1;
  }
  return count;
}

const A = 97;
const Z = 122;
const H = 104;
/** By two letters, `first * 26 + second`; zero where they stand for two sounds. */
const pairs = new Uint8Array(26 * 26);
for (const [at, grapheme] of LATIN_GRAPHEMES.entries()) {
  if (grapheme.length === 2) pairs[(grapheme.charCodeAt(0) - A) * 26 + grapheme.charCodeAt(1) - A] = at + 1;
}

function pairSymbol(letters: string, i: number): number | undefined {
  const first = letters.charCodeAt(i);
  const second = letters.charCodeAt(i + 1);
  if (first < A || first > Z || !(second >= A && second <= Z)) return undefined;
  return pairs[(first - A) * 26 + second - A] || undefined;
}

/** German and French ways to write what English writes with two letters. */
const SIMPLER: Readonly<Record<string, string>> = {
  sch: 'sh',
  tch: 'ch',
  tsh: 'ch',
  dzh: 'dj',
  ssh: 'sh',
  kkh: 'kh',
  cch: 'ch',
  ddh: 'dh',
  ggh: 'gh',
};
