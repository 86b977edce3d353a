import { cleanText } from './clean.ts';
import type { NameNote } from './clean.ts';
import { readMrzName } from '../mrz/mrz-name.ts';
import { partName } from './parts.ts';
import type { NamePart } from './parts.ts';
import { tokenOf } from './token.ts';
import type { NameToken } from './token.ts';

/** A name as compared, or why it cannot be: no text that a person writes throws. */
export type NameReading =
  | { readonly kind: 'name'; readonly tokens: readonly NameToken[]; readonly notes: readonly NameNote[] }
  | { readonly kind: 'refused'; readonly reason: NameRefusal; readonly notes: readonly NameNote[] };

export type NameRefusal = 'empty' | 'too-long' | 'no-letters' | 'unread-script';

/** UTF-16 units; the longest name on the United Nations list has under 200. */
const LONGEST_NAME = 1000;
const MOST_TOKENS = 12;

/**
 * Reads one name in Arabic, Latin, Cyrillic or Greek letters, in any order, or as the name field of a machine-readable
 * zone (`BENSLIMANE<<MOHAMED<LARBI`). Particles and honorifics are set aside; *abd-*, *-eddine* and *Abu* are joined to
 * what they belong to, so that `Abd al-Qadir`, `Abdelkader` and `عبد القادر` have the same tokens.
 */
export function readName(written: string): NameReading {
  if (written.length > LONGEST_NAME) return refuse('too-long', []);
  const { text, notes } = cleanText(written);
  if (text === '') return refuse(written.trim() === '' ? 'empty' : 'no-letters', notes);
  if (!/\p{L}/u.test(text)) return refuse('no-letters', notes);
  const noted = [...notes];
  const zone = readMrzName(text);
  if (zone?.truncated === true) noted.push('truncated-in-mrz');
  const { parts, notes: more } = partName(zone?.text ?? text);
  noted.push(...more);
  if (parts.length === 0) return refuse('unread-script', noted);
  if (parts.length > MOST_TOKENS) noted.push('cut');
  const tokens = parts.slice(0, MOST_TOKENS).map((part: NamePart) => tokenOf(part));
  return { kind: 'name', tokens, notes: noted };
}

function refuse(reason: NameRefusal, notes: readonly NameNote[]): NameReading {
  return { kind: 'refused', reason, notes };
}
