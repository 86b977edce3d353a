import { SERVANT } from '../names/affixes.ts';
import type { NameToken } from '../names/token.ts';
import { consonantsOf } from './consonants.ts';

/**
 * The keys a word is filed under: the consonants of the word and, where it may begin with an article or a glued *Ben*,
 * of the word without, so that `Benslimane`, `Ben Slimane` and `بن سليمان` meet, however each was written.
 */
export function fileKeys(token: NameToken): readonly string[] {
  if (token.kind === 'initial') return [`.${token.key}`];
  return [...new Set(readings(token).flatMap((symbols) => consonantsOf(symbols, token.script, 1)))].map(
    (key) => mark(token) + key,
  );
}

/** The keys a word is looked up under: those it is filed under first, then with letters read as their rarer sounds. */
export function lookupKeys(token: NameToken): readonly string[] {
  if (token.kind === 'initial') return fileKeys(token);
  const keys = readings(token).flatMap((symbols) => consonantsOf(symbols, token.script, MOST_READINGS));
  return [...new Set([...fileKeys(token), ...keys.map((key) => mark(token) + key)])];
}

const MOST_READINGS = 6;

function readings({ symbols, otherSymbols }: NameToken): readonly Uint8Array[] {
  return otherSymbols === undefined ? [symbols] : [symbols, otherSymbols];
}

/** Kader and Abdelkader are two names and each is common: one list for both would be too thick. */
function mark(token: NameToken): string {
  return (token.affixes & SERVANT) === 0 ? '' : SERVANT_MARK;
}

export const SERVANT_MARK = 'abd-';
