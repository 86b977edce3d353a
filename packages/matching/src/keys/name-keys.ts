import type { PreparedName } from '../score/prepared-name.ts';
import { joinedReadings, type KeyWord, keyWords, type Reading, type Side } from './key-words.ts';

/** What of a name stands in a key, and how far it tells persons apart. */
export type NameKey = {
  readonly text: string;
  /** Rarity of the words together, in nats. */
  readonly rarity: number;
  /** How unlikely the reading is: 0 where each word is read its likeliest way. */
  readonly rank: number;
  readonly sort: NameKeySort;
};

/**
 * `whole`: all words of the published name; `part`: all words of the asked name, of the published one some; `parted`: words
 * are left over on both sides. `opening`: of two words one and the first two consonants of the other.
 */
export type NameKeySort = 'whole' | 'part' | 'parted' | 'opening';

/**
 * The keys of a name. Whoever published `a b` is met by whoever asks `a b c` in the key *whole a b*; whoever published
 * `a b c` is met by whoever asks `a b` in the key *part a b*, and by `a b d` in the same one, if the two words are
 * rare enough for that.
 */
export function nameKeys(name: PreparedName, side: Side): readonly NameKey[] {
  const all = keyWords(name, side);
  const words = all.filter(({ readings }) => readings.length > 0);
  const keys: NameKey[] = [];
  for (const size of [2, 3]) {
    for (const subset of subsetsOf(words, size)) {
      const whole = size === words.length;
      for (const readings of choicesOf(subset)) {
        if (whole || side === 'asked') keys.push(keyOf('whole', readings));
        if (side === 'asked') keys.push(keyOf(whole ? 'part' : 'parted', readings));
        else if (!whole) keys.push(keyOf('part', readings));
      }
    }
  }
  if (words.length > 3)
    for (const readings of choicesOf(words).slice(0, MOST_LONG)) keys.push(keyOf('whole', readings));
  if (all.length === 2) keys.push(...openingKeys(all));
  if (side === 'asked') keys.push(...joinedKeys(name));
  return keys;
}

const MARKS: Readonly<Record<NameKeySort, string>> = { whole: 'w', part: 'p', parted: 'p', opening: 'o' };
/** Readings of a name of four words and more that are tried. */
const MOST_LONG = 4;

function keyOf(sort: NameKeySort, readings: readonly Reading[], opening = ''): NameKey {
  const text = readings
    .map((reading) => reading.text)
    .toSorted()
    .join('+');
  return {
    text: `${MARKS[sort]} ${text}${opening}`,
    rarity: readings.reduce((sum, { rarity }) => sum + rarity, 0),
    rank: readings.reduce((sum, { rank }) => sum + rank, 0),
    sort,
  };
}

function openingKeys(words: readonly KeyWord[]): readonly NameKey[] {
  return [words, words.toReversed()].flatMap(([word, other]) =>
    (word?.readings ?? []).flatMap((reading) =>
      (other?.openings ?? []).map((opening) => keyOf('opening', [reading], `+${opening}`)),
    ),
  );
}

/** Of three words two neighbours read as one, beside the third. */
function joinedKeys(name: PreparedName): readonly NameKey[] {
  const [one, two, three, ...more] = name.tokens;
  if (one === undefined || two === undefined || three === undefined || more.length > 0) return [];
  const third = keyWords({ ...name, tokens: [three] }, 'asked')[0];
  const first = keyWords({ ...name, tokens: [one] }, 'asked')[0];
  return [
    { joined: joinedReadings(one, two), other: third },
    { joined: joinedReadings(two, three), other: first },
  ].flatMap(({ joined, other }) =>
    joined.flatMap((reading) => (other?.readings ?? []).map((beside) => keyOf('whole', [reading, beside]))),
  );
}

function subsetsOf(words: readonly KeyWord[], size: number): readonly (readonly KeyWord[])[] {
  if (size === 0) return [[]];
  return words.flatMap((word, at) => subsetsOf(words.slice(at + 1), size - 1).map((rest) => [word, ...rest]));
}

/** One reading of each word, no two alike. */
function choicesOf(words: readonly KeyWord[]): readonly (readonly Reading[])[] {
  let choices: readonly (readonly Reading[])[] = [[]];
  for (const { readings } of words) {
    choices = choices.flatMap((chosen) =>
      readings
        .filter(({ text }) => chosen.every((before) => before.text !== text))
        .map((reading) => [...chosen, reading]),
    );
  }
  return choices.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = (readings: readonly Reading[]): number => readings.reduce((sum, { rank }) => sum + rank, 0);
