import { givenNameOf, rarityOfGivenName } from '../names/given-name.ts';
import { tokenOf } from '../names/token.ts';
import type { PreparedName, PreparedToken } from '../score/prepared-name.ts';
import { rarityOfSkeleton } from '../spelling/rarity.ts';
import { skeletonsOf } from '../spelling/skeleton.ts';

/** `published` where a set is made, `asked` where somebody is looked for in it: who asks tries more readings. */
export type Side = 'published' | 'asked';

/** One way a word of a name may stand in a key: a listed given name by its line, any other word by its consonants. */
export type Reading = {
  readonly text: string;
  /** In nats, from the text alone, so that both sides come to the same. */
  readonly rarity: number;
  /** 0 for the likeliest. */
  readonly rank: number;
};

export type KeyWord = {
  /** None of a bare initial. */
  readonly readings: readonly Reading[];
  /** The first two consonants that it may have, for a word that one side may have spelt beyond its consonants. */
  readonly openings: readonly string[];
};

/** A name is keyed by at most this many of its words. */
const MOST_WORDS = 6;
const MOST_READINGS: Readonly<Record<Side, number>> = { published: 1, asked: 3 };

/** The words of a name that may stand in a key, in their order, each with its readings. */
export function keyWords(name: PreparedName, side: Side): readonly KeyWord[] {
  const names = name.tokens.filter(({ kind }) => kind === 'name');
  const tokens = (names.length < 2 ? name.tokens : name.tokens.filter(({ kind }) => kind !== 'style')).filter(
    (token) => !CLANS.has(token.key),
  );
  return tokens
    .filter((token, at) => !completes(tokens[at - 1], token))
    .slice(0, MOST_WORDS)
    .map((token) => ({ readings: readingsOf(token, side), openings: openingsOf(token, side) }));
}

/** Neighbours of an asked name as one word, as the other side may have written them: `Kheir Beik`, `Mir Wais`. */
export function joinedReadings(left: PreparedToken, right: PreparedToken): readonly Reading[] {
  if (left.script !== right.script || left.kind !== 'name' || right.kind !== 'name') return [];
  const symbols = new Uint8Array([...left.symbols, ...right.symbols]);
  const joined = { ...left, affixes: left.affixes | right.affixes, symbols, otherSymbols: undefined };
  return skeletonsOf(joined, 1).map((skeleton) => readingOf(joined.affixes, skeleton, 1));
}

/** Berber *Aït*: before so many names that it tells nothing. */
const CLANS: ReadonlySet<string> = new Set(['ait', 'ayt', 'ايت']);

/** *Fatima Zohra* is one given name in two words, and the commonest: the second tells nothing that the first did not. */
function completes(before: PreparedToken | undefined, token: PreparedToken): boolean {
  return before?.givenName.first === FATIMA && ZOHRA.has(token.givenName.first);
}

const lineOf = (letters: string, script: 'latin' | 'arabic'): number =>
  givenNameOf(tokenOf({ letters, script, kind: 'name', family: false, linked: false })).first;
const FATIMA = lineOf('fatima', 'latin');
const ZOHRA: ReadonlySet<number> = new Set([lineOf('zohra', 'latin'), lineOf('زهراء', 'arabic')]);

function readingsOf(token: PreparedToken, side: Side): readonly Reading[] {
  if (token.kind === 'initial') return [];
  const readings: Reading[] = [];
  const add = (reading: Reading): void => {
    if (readings.every(({ text }) => text !== reading.text)) readings.push(reading);
  };
  const { first, second, listed } = token.givenName;
  if (first >= 0) add(givenReading(token.affixes, first, 0));
  if (second >= 0 && side === 'asked') add(givenReading(token.affixes, second, 1));
  // A listed name is published by its line alone, or Hassan and Hussein would be one.
  if (!listed || side === 'asked') {
    for (const [reading, symbols] of [token.symbols, token.otherSymbols].entries()) {
      if (symbols === undefined) continue;
      const skeletons = skeletonsOf({ ...token, symbols, otherSymbols: undefined }, MOST_READINGS[side]);
      for (const [at, skeleton] of skeletons.entries())
        add(readingOf(token.affixes, skeleton, at + (reading > 0 || listed ? 1 : 0)));
    }
  }
  return readings;
}

/** No unlisted word counts as rarer: what public persons are seldom called may be a whole village. */
const RAREST = 9;
/** No listed name counts as rarer: the list is of common names, also where few public persons bear one. */
const RAREST_LISTED = 5;

function readingOf(affixes: number, skeleton: string, rank: number): Reading {
  return { text: `${affixes}${skeleton}`, rarity: Math.min(RAREST, rarityOfSkeleton(skeleton, affixes)), rank };
}

function givenReading(affixes: number, line: number, rank: number): Reading {
  return { text: `${affixes}#${line}`, rarity: Math.min(RAREST_LISTED, rarityOfGivenName(line)), rank };
}

/** Two listed names never meet by their openings: they are one name by their line, or two. */
function openingsOf(token: PreparedToken, side: Side): readonly string[] {
  const { listed } = token.givenName;
  const openings = new Set(skeletonsOf(token, MOST_READINGS[side]).map((skeleton) => skeleton.slice(0, 2)));
  if (side === 'published') return [...openings].map((opening) => (listed ? OF_LISTED + opening : opening));
  return [...openings].flatMap((opening) => (listed ? [opening] : [opening, OF_LISTED + opening]));
}

const OF_LISTED = '#';
