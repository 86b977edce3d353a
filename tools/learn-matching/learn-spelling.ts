import { writeFileSync } from 'node:fs';
import { arabicCore, latinCore } from '../../packages/matching/src/names/affixes.ts';
import { arabicLetters } from '../../packages/matching/src/names/arabic.ts';
import { latinLetters } from '../../packages/matching/src/names/latin.ts';
import { ARABIC_SYMBOLS, LATIN_SYMBOLS, encodeSpelling } from '../../packages/matching/src/spelling/alphabet.ts';
import { STEPS_PER_NAT } from '../../packages/matching/src/spelling/learned-table.ts';
import type { Row } from './data.ts';
import { learnEdits } from './edits.ts';
import type { SpellingPair } from './edits.ts';

type Word = { readonly letters: string; readonly symbols: Uint8Array };
type Couple = { readonly arabic: Word; readonly latin: Word };

/** Learns the three transducers and what spellings look like by themselves, and writes `learned/edits.ts`. */
export function learnSpelling(tokens: readonly Row[], target: string): void {
  const couples = tokens.flatMap((row) => couple(row['ar'] ?? '', row['latin'] ?? ''));
  const across: SpellingPair[] = couples.map(({ arabic, latin }) => ({
    left: arabic.symbols,
    right: latin.symbols,
    weight: 1,
  }));
  const arabicLatin = learnEdits(across, ARABIC_SYMBOLS, LATIN_SYMBOLS);
  const latinLatin = learnEdits(siblings(couples, 'arabic', 'latin'), LATIN_SYMBOLS, LATIN_SYMBOLS);
  const arabicArabic = learnEdits(siblings(couples, 'latin', 'arabic'), ARABIC_SYMBOLS, ARABIC_SYMBOLS);
  const latinBigrams = bigrams(
    couples.map((c) => c.latin.symbols),
    LATIN_SYMBOLS,
  );
  const arabicBigrams = bigrams(
    couples.map((c) => c.arabic.symbols),
    ARABIC_SYMBOLS,
  );
  writeFileSync(
    target,
    [
      '// Written by tools/learn-matching: negative logarithms of probabilities, one byte each, see spelling/learned-table.ts.',
      line('ARABIC_LATIN', arabicLatin.table),
      line('LATIN_LATIN', latinLatin.table),
      line('ARABIC_ARABIC', arabicArabic.table),
      line('LATIN_BIGRAMS', latinBigrams),
      line('ARABIC_BIGRAMS', arabicBigrams),
      '',
    ].join('\n'),
  );
}

function couple(arabicWritten: string, latinWritten: string): Couple[] {
  const arabic = arabicCore(arabicLetters(arabicWritten));
  const latin = latinCore(latinLetters(latinWritten));
  if (arabic.letters.length < 2 || latin.letters.length < 2 || arabic.affixes !== latin.affixes) return [];
  // Where Latin keeps the article glued, Arabic is read with it.
  const whole = arabic.other !== undefined && latin.other !== undefined ? arabic.other : arabic.letters;
  return [
    {
      arabic: { letters: whole, symbols: encodeSpelling(whole, 'arabic') },
      latin: { letters: latin.letters, symbols: encodeSpelling(latin.letters, 'latin') },
    },
  ];
}

const MOST_SIBLINGS = 12;

/** Spellings in one script of one word of the other, both ways round so that the table is symmetric. */
function siblings(couples: readonly Couple[], by: 'arabic' | 'latin', of: 'arabic' | 'latin'): SpellingPair[] {
  const groups = new Map<string, Map<string, Uint8Array>>();
  for (const couple of couples) {
    const group = groups.get(couple[by].letters) ?? new Map<string, Uint8Array>();
    group.set(couple[of].letters, couple[of].symbols);
    groups.set(couple[by].letters, group);
  }
  const pairs: SpellingPair[] = [];
  for (const group of groups.values()) {
    const spellings = [...group.values()].slice(0, MOST_SIBLINGS);
    for (const left of spellings)
      for (const right of spellings) pairs.push({ left, right, weight: 1 / spellings.length });
  }
  return pairs;
}

function bigrams(words: readonly Uint8Array[], width: number): Float64Array {
  const counts = new Float64Array(width * width).fill(0.2);
  for (const word of words) {
    let before = 0;
    for (const symbol of [...word, 0]) {
      counts[before * width + symbol] = (counts[before * width + symbol] ?? 0) + 1;
      before = symbol;
    }
  }
  for (let i = 0; i < width; i++) {
    const row = counts.subarray(i * width, (i + 1) * width);
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((count, j) => (row[j] = count / sum));
  }
  return counts;
}

function line(name: string, table: Float64Array): string {
  const bytes = Uint8Array.from(table, (p) => (p > 0 ? Math.min(255, Math.round(-Math.log(p) * STEPS_PER_NAT)) : 255));
  return `export const ${name} =\n  '${Buffer.from(bytes).toString('base64')}';`;
}
