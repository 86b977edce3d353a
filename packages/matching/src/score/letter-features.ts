import { letterLikeness } from '../spelling/letter-likeness.ts';
import { JOINED_SHARE } from './alignment.ts';
import type { Alignment } from './alignment.ts';
import type { PreparedName, PreparedToken } from './prepared-name.ts';

/** Whether the first letters of the worst match are the same, 1 or 0: left by `leastLetters`. */
export const letters = { first: 1 };

/** How many letters the worst match of one script keeps; two listed spellings of one name are not measured. */
export function leastLetters(left: PreparedName, right: PreparedName, found: Alignment, n: number): number {
  let least = 1;
  letters.first = 1;
  for (let i = 0; i < n; i++) {
    const token = left.tokens[i];
    const partner = right.tokens[found.partnerOfLeft[i] ?? -1];
    if (token === undefined || partner === undefined || !areMeasured(token, partner)) continue;
    const share = found.shareOfLeft[i] === JOINED_SHARE ? JOINED_SHARE : letterLikeness(token.key, partner.key);
    if (share >= least) continue;
    least = share;
    letters.first = token.key.charCodeAt(0) === partner.key.charCodeAt(0) ? 1 : 0;
  }
  return least;
}

function areMeasured(a: PreparedToken, b: PreparedToken): boolean {
  if (a.script !== b.script || a.kind === 'initial' || b.kind === 'initial') return false;
  return !(a.givenName.listed && b.givenName.listed && a.givenName.first === b.givenName.first);
}

/** How many letters the likest two words keep that found no partner. */
export function leftOverLetters(
  left: PreparedName,
  right: PreparedName,
  found: Alignment,
  n: number,
  m: number,
): number {
  let most = 0;
  for (let i = 0; i < n; i++) {
    const token = left.tokens[i];
    if (token === undefined || found.partnerOfLeft[i] !== -1) continue;
    for (let j = 0; j < m; j++) {
      const other = right.tokens[j];
      if (found.partnerOfRight[j] !== -1 || other?.script !== token.script) continue;
      most = Math.max(most, letterLikeness(token.key, other.key));
    }
  }
  return most;
}
