import { readNumber } from './read-number.ts';

const MOST = 96;

/**
 * The numbers that one slip makes into this one: of those with one sign replaced or two neighbours exchanged, those whose check
 * figure holds. None for a number that has no check figure or whose own holds.
 */
export function correctionsOf(kind: string, normal: string): readonly string[] {
  if (readNumber(kind, normal).check !== 'fails') return [];
  const found = new Set<string>();
  for (const near of nearTo(normal)) {
    const { normal: corrected, check } = readNumber(kind, near);
    if (check === 'holds') found.add(corrected);
    if (found.size === MOST) break;
  }
  return [...found];
}

/** Exchanges first, then replacements: a letter where a letter stands, a figure where a figure does. */
function* nearTo(normal: string): Generator<string, void, undefined> {
  for (let at = 0; at + 1 < normal.length; at++) {
    const [one = '', other = ''] = normal.slice(at, at + 2);
    if (one !== other) yield normal.slice(0, at) + other + one + normal.slice(at + 2);
  }
  for (let at = 0; at < normal.length; at++) {
    const signs = /\d/.test(normal.charAt(at)) ? FIGURES : LETTERS;
    for (const sign of signs) if (sign !== normal[at]) yield normal.slice(0, at) + sign + normal.slice(at + 1);
  }
}

const FIGURES = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
