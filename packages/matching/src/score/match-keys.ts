import { skeletonsOf } from '../spelling/skeleton.ts';
import type { PreparedName, PreparedToken } from './prepared-name.ts';
import type { PreparedIdentity } from './prepared.ts';

/** At most this many keys stand for one identity in a blind check. */
export const MOST_MATCH_KEYS = 8;

/** Written into every key: both sides of a blind check must make them by the same rules. */
const RULES = 'names-1';
/** Two parts at least this rare together, in nats, may stand with the year alone; commoner ones need the day. */
const RARE_PAIR = 12;
/** Every listed given name counts as this rare, so that its spellings weigh the same on both sides. */
const LISTED_RARITY = 5;

type Piece = { readonly text: string; readonly rarity: number };

/**
 * Canonical keys of a person that survive another spelling, for exact comparison where nothing else may be learned. Each
 * is two unlike parts of the name, a listed given name by its line and any other by its consonants, with the birth
 * date; with the birth year too where the parts are rare. Two identities are put forward where they share a key: made for few
 * false hits, since a hit opens a request. Distinct and sorted; none without a birth date or with one word of name.
 */
export function matchKeys(identity: PreparedIdentity): readonly string[] {
  const dates = identity.births.map(({ birth }) => ({
    day: birth.kind === 'day' ? isoDay(birth) : undefined,
    year: birth.kind === 'between' ? undefined : `${birth.year}`,
  }));
  const keys = new Set<string>();
  for (const name of identity.names) {
    for (const pair of pairsOf(name)) {
      for (const { day, year } of dates) {
        if (day !== undefined) keys.add(`${RULES} ${pair.text} ${day}`);
        if (year !== undefined && pair.rarity >= RARE_PAIR) keys.add(`${RULES} ${pair.text} ${year}`);
      }
    }
  }
  return [...keys].slice(0, MOST_MATCH_KEYS).toSorted();
}

function isoDay({ year, month, day }: { readonly year: number; readonly month: number; readonly day: number }): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Pairs of the three rarest parts, the rarest pair first. */
function pairsOf(name: PreparedName): readonly Piece[] {
  const words = name.tokens.filter((token) => token.kind === 'name').map(piecesOf);
  const rarest = words.toSorted((a, b) => rarityOf(b) - rarityOf(a)).slice(0, 3);
  const pairs: Piece[] = [];
  for (const [i, first] of rarest.entries()) {
    for (const second of rarest.slice(i + 1)) {
      for (const a of first) {
        for (const b of second) {
          if (a.text !== b.text)
            pairs.push({ text: [a.text, b.text].toSorted().join('+'), rarity: a.rarity + b.rarity });
        }
      }
    }
  }
  return pairs.toSorted((a, b) => b.rarity - a.rarity || (a.text < b.text ? -1 : 1));
}

const rarityOf = (pieces: readonly Piece[]): number => pieces[0]?.rarity ?? 0;

/** A word with a glued article or *Ben-* gives a piece for each reading. */
function piecesOf(token: PreparedToken): readonly Piece[] {
  const { first, listed } = token.givenName;
  if (listed) return [{ text: `${token.affixes}#${first}`, rarity: LISTED_RARITY }];
  const whole = { ...token, otherSymbols: undefined };
  const readings = token.otherSymbols === undefined ? [whole] : [whole, { ...whole, symbols: token.otherSymbols }];
  return readings
    .flatMap((reading) => skeletonsOf(reading, 1))
    .map((skeleton) => ({ text: `${token.affixes}${skeleton}`, rarity: token.rarity }));
}
