import { arabicLetters } from './arabic.ts';
import type { NameNote } from './clean.ts';
import { joinWords } from './joining.ts';
import { latinLetters } from './latin.ts';
import { ARTICLES, HONORIFICS, LINKS, STYLES } from './words.ts';

/** One word of a name in folded letters, with what the writing says of its place. */
export type NamePart = {
  /** As it stands in the name, for an explanation; the letters where it is not known. */
  readonly written?: string;
  readonly letters: string;
  readonly script: 'latin' | 'arabic';
  /** `name` unless it is a bare initial, or a form of address that may also be a name. */
  readonly kind: 'name' | 'initial' | 'style';
  /** Written before the comma, or alone in capitals: the family name. */
  readonly family: boolean;
  /** Preceded by `ben`, `bin`, `bint`, `ould` or the like. */
  readonly linked: boolean;
};

export type NameParts = { readonly parts: readonly NamePart[]; readonly notes: readonly NameNote[] };

type Word = {
  readonly written: string;
  readonly letters: string;
  readonly script: 'latin' | 'arabic';
  readonly beforeComma: boolean;
};

/** Parts a clean name. Where nothing but particles and honorifics is left, they are the name. */
export function partName(text: string): NameParts {
  const notes: NameNote[] = [];
  const words = readWords(text, notes);
  const joined = joinWords(words);
  const parts = partsOf(joined, false);
  return { parts: parts.length > 0 ? parts : partsOf(joined, true), notes };
}

function readWords(text: string, notes: NameNote[]): Word[] {
  const comma = text.indexOf(',');
  const words: Word[] = [];
  for (const match of text.matchAll(/[^\s,.<]+/g)) {
    for (const written of splitCamel(match[0])) {
      const word = readWord(written, notes);
      if (word !== undefined) words.push({ ...word, written, beforeComma: comma > 0 && match.index < comma });
    }
  }
  return words;
}

/** A word in two scripts is read in the one most of its letters have: the others look alike or slipped in. */
function readWord(written: string, notes: NameNote[]): { letters: string; script: 'latin' | 'arabic' } | undefined {
  const arabic = arabicLetters(written);
  const latin = latinLetters(written);
  if (arabic !== '' && latin !== '') note(notes, 'mixed-script');
  if (/\p{Script=Latin}/u.test(written) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(written))
    note(notes, 'mixed-script');
  if (arabic === '' && latin === '') {
    if (/\p{L}/u.test(written)) note(notes, 'unread-letters');
    return undefined;
  }
  return arabic.length >= latin.length
    ? { letters: bounded(arabic, notes), script: 'arabic' }
    : { letters: bounded(latin, notes), script: 'latin' };
}

const LONGEST_WORD = 30;

function bounded(letters: string, notes: NameNote[]): string {
  if (letters.length <= LONGEST_WORD) return letters;
  note(notes, 'cut');
  return letters.slice(0, LONGEST_WORD);
}

function note(notes: NameNote[], found: NameNote): void {
  if (!notes.includes(found)) notes.push(found);
}

/** `RamiMakhlouf` → `Rami`, `Makhlouf`; `McCarthy`, `DiCaprio` and `ElBaradei` stay whole. */
function splitCamel(word: string): readonly string[] {
  return /^\p{Lu}\p{Ll}{2,}\p{Lu}\p{Ll}{2,}$/u.test(word) && !/^(?:Mac|Fitz)/.test(word)
    ? word.split(/(?<=\p{Ll})(?=\p{Lu})/u)
    : [word];
}

function partsOf(words: readonly Word[], keepAll: boolean): NamePart[] {
  const capitals =
    words.some((word) => isCapitals(word)) &&
    words.some((word) => word.script === 'latin' && /\p{Ll}/u.test(word.written));
  const comma = words.some((word) => word.beforeComma) && words.some((word) => !word.beforeComma);
  const parts: NamePart[] = [];
  let linked = false;
  for (const word of words) {
    if (!keepAll && LINKS.has(word.letters)) linked = true;
    else if (keepAll || !(ARTICLES.has(word.letters) || HONORIFICS.has(word.letters))) {
      const family = comma ? word.beforeComma : capitals && isCapitals(word);
      parts.push({
        written: word.written,
        letters: word.letters,
        script: word.script,
        kind: kindOf(word),
        family,
        linked,
      });
      linked = false;
    }
  }
  return parts;
}

function isCapitals(word: Word): boolean {
  return word.written.length > 2 && /^[\p{Lu}'\p{M}]+$/u.test(word.written);
}

function kindOf(word: Word): NamePart['kind'] {
  if (word.script === 'latin' && word.letters.length === 1) return 'initial';
  return STYLES.has(word.letters) ? 'style' : 'name';
}
