import { NO_GIVEN_NAME, givenNameOf } from '../names/given-name.ts';
import type { GivenName } from '../names/given-name.ts';
import type { NameToken } from '../names/token.ts';
import { learnedRarityOf } from '../spelling/rarity.ts';
import type { RarityOf } from '../spelling/rarity.ts';
import { CLASS_BITS_ARABIC, CLASS_BITS_LATIN } from '../spelling/skeleton.ts';
import { informationOf } from '../spelling/transducer.ts';

/** One name with what its comparison needs, computed once. */
export type PreparedName = {
  readonly written: string;
  readonly tokens: readonly PreparedToken[];
  /** Neighbours read as one word: at `i` token `i` with token `i + 1`, once `joinedAt` was asked for it. */
  readonly joined: (PreparedToken | undefined)[];
};

export type PreparedToken = NameToken &
  SpellingFacts & {
    /** −ln of the share of name parts that are spellings of this one, in nats: as learned, or by an index's own counts. */
    readonly rarity: number;
  };

/** What follows from the letters alone. */
type SpellingFacts = {
  /** −ln P of the core by itself under pairs of symbols, in nats; of the second reading likewise. */
  readonly information: number;
  readonly otherInformation: number;
  /** The consonant classes that may occur in the core, as bits. */
  readonly classes: number;
  readonly givenName: GivenName;
};

/**
 * A name of tokens prepared before, which is cheap. Whoever compares many names keeps one prepared token for each distinct
 * one (`script`, `key`, `kind`, `family`, `linked`) and puts names together from them.
 */
export function nameOfTokens(written: string, tokens: readonly PreparedToken[]): PreparedName {
  return { written, tokens, joined: [] };
}

/** Token `at` and the next as one word of so many symbols that it may be another of `length`; most never need to be made. */
export function joinedAt(name: PreparedName, at: number, length: number): PreparedToken | undefined {
  const left = name.tokens[at];
  const right = name.tokens[at + 1];
  if (left === undefined || right === undefined) return undefined;
  const symbols = Math.min(MOST_SYMBOLS, left.symbols.length + right.symbols.length);
  if (Math.abs(symbols - length) > FARTHEST_LENGTH) return undefined;
  return (name.joined[at] ??= join(left, right));
}

/** Words whose lengths are farther apart than these symbols are not one. */
const FARTHEST_LENGTH = 4;

export function prepareName(
  written: string,
  tokens: readonly NameToken[],
  rarityOf: RarityOf | undefined,
): PreparedName {
  return nameOfTokens(
    written,
    tokens.map((token) => prepareToken(token, rarityOf)),
  );
}

/** A token with what its comparison needs. */
export function prepareToken(token: NameToken, rarityOf?: RarityOf): PreparedToken {
  return { ...token, ...factsOf(token), rarity: (rarityOf ?? learnedRarityOf)(token) };
}

/** Names repeat: the facts of the words met last are kept, never more than these. */
const MOST_KNOWN = 1 << 16;
const known = new Map<string, SpellingFacts>();

function factsOf(token: NameToken): SpellingFacts {
  const key = `${token.kind} ${token.key}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const other = token.otherSymbols;
  const facts = {
    information: informationOf(token.symbols, token.script),
    otherInformation: other === undefined ? 0 : informationOf(other, token.script),
    classes: classesOf(token.symbols, token.script) | (other === undefined ? 0 : classesOf(other, token.script)),
    givenName: givenNameOf(token),
  };
  known.set(key, facts);
  return facts;
}

const MOST_SYMBOLS = 30;

function join(left: PreparedToken, right: PreparedToken): PreparedToken {
  const symbols = new Uint8Array(Math.min(MOST_SYMBOLS, left.symbols.length + right.symbols.length));
  symbols.set(left.symbols);
  symbols.set(right.symbols.subarray(0, symbols.length - left.symbols.length), left.symbols.length);
  return {
    ...left,
    written: `${left.written} ${right.written}`,
    key: left.key + right.key,
    kind: 'name',
    affixes: left.affixes | right.affixes,
    symbols,
    otherSymbols: undefined,
    information: left.information + right.information,
    otherInformation: 0,
    classes: left.classes | right.classes,
    givenName: NO_GIVEN_NAME,
    rarity: Math.max(left.rarity, right.rarity),
  };
}

function classesOf(symbols: Uint8Array, script: 'latin' | 'arabic'): number {
  const bits = script === 'latin' ? CLASS_BITS_LATIN : CLASS_BITS_ARABIC;
  let classes = 0;
  for (const symbol of symbols) classes |= bits[symbol] ?? 0;
  return classes;
}
