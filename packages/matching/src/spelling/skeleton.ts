import { ARABIC_LETTERS } from '../names/arabic.ts';
import type { NameToken } from '../names/token.ts';
import { LATIN_GRAPHEMES } from './alphabet.ts';
import { SOUNDS_BY_GRAPHEME, SOUNDS_BY_LETTER } from './sounds.ts';

/**
 * The consonant classes of a token's core, most likely first: `sulayman`, `slimane` and `سليمان` are all `SLMN`. A
 * letter that stands for two sounds (`c`, `ch`, `g`, `j`, `gh`, `dh`, ظ …) gives a further skeleton, and so does the
 * second reading of a glued article or *Ben-*. At most `limit`; a token of vowels only has the skeleton `-`.
 *
 * For candidate search: two spellings of a name share a skeleton far oftener than not, whatever their scripts.
 */
export function skeletonsOf(token: NameToken, limit = 4): readonly string[] {
  const classes = token.script === 'latin' ? LATIN_CLASSES : ARABIC_CLASSES;
  const skeletons = new Set<string>();
  for (const symbols of [token.symbols, token.otherSymbols]) {
    if (symbols === undefined) continue;
    let open: string[] = [''];
    for (const symbol of symbols) {
      const options = classes[symbol] ?? '.';
      const wider: string[] = [];
      for (const option of options)
        for (const start of open) wider.push(option === '.' || start.endsWith(option) ? start : start + option);
      open = wider.length > limit * 2 ? wider.slice(0, limit * 2) : wider;
    }
    for (const skeleton of open) if (skeletons.size < limit) skeletons.add(skeleton === '' ? '-' : skeleton);
  }
  return [...skeletons];
}

/** The most likely of `skeletonsOf`. */
export function skeletonOf(token: NameToken): string {
  return skeletonsOf(token, 1)[0] ?? '-';
}

/**
 * The class of a sound: t and d are one, a breath is none. Of a letter, likeliest first; `.` is none: a vowel, a breath, a
 * glide. A *w* is never a consonant here, and an *x* may fall away.
 */
const classOf = (sound: string): string => (sound === 'D' ? 'T' : sound === 'H' ? '.' : sound);
const classesOf = (sounds = '.'): string => [...new Set([...sounds].map(classOf))].join('');
const LATIN_CLASSES: readonly string[] = [
  '.',
  ...LATIN_GRAPHEMES.map((one) => (one === 'x' ? 'K.' : one === 'w' ? '.' : classesOf(SOUNDS_BY_GRAPHEME[one]))),
];
const ARABIC_CLASSES: readonly string[] = ['.', ...[...ARABIC_LETTERS].map((one) => classesOf(SOUNDS_BY_LETTER[one]))];

const CLASS_ORDER = 'BFTSCJKLMNR';

/** The classes a symbol may fall in as bits, by symbol. */
export const CLASS_BITS_LATIN: readonly number[] = LATIN_CLASSES.map(bitsOf);
export const CLASS_BITS_ARABIC: readonly number[] = ARABIC_CLASSES.map(bitsOf);

function bitsOf(classes: string): number {
  let bits = 0;
  for (const option of classes) bits |= option === '.' ? 0 : 1 << CLASS_ORDER.indexOf(option);
  return bits;
}
