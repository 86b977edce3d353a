import { ARABIC_SYMBOLS, LATIN_SYMBOLS } from './alphabet.ts';
import { decodeLogs } from './learned-table.ts';
import { ARABIC_ARABIC, ARABIC_BIGRAMS, ARABIC_LATIN, LATIN_BIGRAMS, LATIN_LATIN } from '../learned/edits.ts';

/** Joint probabilities of edits, `[left * rights + right]`, symbol 0 empty: P(ش, sh), P(ε, e), … */
type Edits = { readonly rights: number; readonly table: Float64Array };

const latinLatin: Edits = { rights: LATIN_SYMBOLS, table: decodeLogs(LATIN_LATIN) };
const arabicArabic: Edits = { rights: ARABIC_SYMBOLS, table: decodeLogs(ARABIC_ARABIC) };
const arabicLatin: Edits = { rights: LATIN_SYMBOLS, table: decodeLogs(ARABIC_LATIN) };
const latinBigrams = decodeLogs(LATIN_BIGRAMS);
const arabicBigrams = decodeLogs(ARABIC_BIGRAMS);

/**
 * The logarithm of the probability that one name gives rise to both spellings, over all ways to edit one into the other
 * (Ristad and Yianilos 1998). In nats, always negative. Symmetric: the Latin tables are, and of two scripts the Arabic stands left.
 */
export function togetherLog(
  left: Uint8Array,
  leftScript: 'latin' | 'arabic',
  right: Uint8Array,
  rightScript: 'latin' | 'arabic',
): number {
  if (leftScript === rightScript)
    return Math.log(forward(left, right, leftScript === 'latin' ? latinLatin : arabicArabic));
  return Math.log(leftScript === 'arabic' ? forward(left, right, arabicLatin) : forward(right, left, arabicLatin));
}

/** How much a spelling by itself tells, −ln P under pairs of symbols: `mohamed` 12, `zbigniew` 25. In nats. */
export function informationOf(symbols: Uint8Array, script: 'latin' | 'arabic'): number {
  const bigrams = script === 'latin' ? latinBigrams : arabicBigrams;
  const width = script === 'latin' ? LATIN_SYMBOLS : ARABIC_SYMBOLS;
  let before = 0;
  let sum = 0;
  for (let i = 0; i <= symbols.length; i++) {
    const symbol = symbols[i] ?? 0;
    sum -= Math.log(bigrams[before * width + symbol] ?? 1);
    before = symbol;
  }
  return sum;
}

/** Scratch of one row: a word has at most 30 symbols, see `LONGEST_WORD`. */
const row = new Float64Array(64);

function forward(left: Uint8Array, right: Uint8Array, { table, rights }: Edits): number {
  const m = right.length;
  row[0] = 1;
  for (let j = 1; j <= m; j++) row[j] = (row[j - 1] ?? 0) * (table[right[j - 1] ?? 0] ?? 0);
  for (let i = 0; i < left.length; i++) {
    const base = (left[i] ?? 0) * rights;
    const drop = table[base] ?? 0;
    let diagonal: number = row[0] ?? 0;
    let before: number = diagonal * drop;
    row[0] = before;
    for (let j = 1; j <= m; j++) {
      const symbol = right[j - 1] ?? 0;
      const above = row[j] ?? 0;
      before = diagonal * (table[base + symbol] ?? 0) + above * drop + before * (table[symbol] ?? 0);
      diagonal = above;
      row[j] = before;
    }
  }
  return (row[m] ?? 0) + 1e-300;
}
