import type { PreparedIdentity } from '../score/prepared.ts';
import { type DatePrecision, keyDates } from './key-dates.ts';
import type { Side } from './key-words.ts';
import { nameKeys, type NameKeySort } from './name-keys.ts';

/** At most this many keys stand for one identity on either side; who asks sends no more than the number agreed. */
export const MOST_MATCH_KEYS: Readonly<Record<Side, number>> = { published: 16, asked: 64 };

/** Written into every key: both sides of a blind check must make them by the same rules. */
const RULES = 'names-2';

/**
 * How rare, in nats, the words in a key must be together to stand with a date of this precision. Chosen where a nat less
 * would bring more strangers than persons: `npm run bench:matching -- --only blind` measures both.
 */
const LEAST: Readonly<Record<DatePrecision, Partial<Readonly<Record<NameKeySort, number>>>>> = {
  day: { whole: 8.5, part: 8.5, parted: 8.5, opening: 5 },
  near: { whole: 11, part: 11 },
  'new-year': { whole: 10.5, part: 10.5, parted: 13 },
  'year-of-day': { whole: 14, part: 14 },
  year: { whole: 13, part: 13, parted: 15 },
};

/** The likelier a key is to meet, the smaller the sum: the first are sent where not all may be. */
const BEHIND: Readonly<Record<DatePrecision | NameKeySort, number>> = {
  day: 0,
  'new-year': 0,
  year: 0,
  'year-of-day': 1.5,
  near: 1.5,
  whole: 0,
  part: 0.25,
  parted: 1,
  opening: 1,
};

/**
 * Canonical keys of a person that survive another spelling, for exact comparison where nothing else may be learned: words of
 * the name, a listed given name by its line and any other by its consonants, with the birth date. Somebody asked is put
 * forward where one key was published. Distinct, the likeliest to meet first; none without a birth date or with one word of
 * name, and none where the words are too common for what is known of the birth.
 */
export function matchKeys(identity: PreparedIdentity, side: Side): readonly string[] {
  const dates = identity.births.flatMap(({ birth }) => keyDates(birth, side));
  const keys = new Map<string, number>();
  for (const name of identity.names.flatMap((name) => nameKeys(name, side))) {
    for (const date of dates) {
      const least = LEAST[date.precision][name.sort];
      if (least === undefined || name.rarity < least) continue;
      const key = `${RULES} ${name.text} ${date.text}`;
      const behind = name.rank + BEHIND[date.precision] + BEHIND[name.sort];
      keys.set(key, Math.min(behind, keys.get(key) ?? behind));
    }
  }
  return [...keys]
    .toSorted(([one, first], [other, second]) => first - second || (one < other ? -1 : 1))
    .slice(0, MOST_MATCH_KEYS[side])
    .map(([key]) => key);
}
