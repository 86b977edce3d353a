import { encodeSpelling } from '../spelling/alphabet.ts';
import { learnedRarityOf } from '../spelling/rarity.ts';
import { skeletonsOf } from '../spelling/skeleton.ts';
import { informationOf, togetherLog } from '../spelling/transducer.ts';
import { arabicLetters } from './arabic.ts';
import { arabicCore, latinCore } from './affixes.ts';
import { ARABIC_GIVEN_NAMES } from './given-names-arabic.ts';
import { EUROPEAN_GIVEN_NAMES } from './given-names-european.ts';
import { latinLetters } from './latin.ts';
import { tokenOf } from './token.ts';
import type { NameToken } from './token.ts';

/** Which listed given names a word may spell: at most two, −1 for none. */
export type GivenName = {
  readonly first: number;
  readonly second: number;
  /** Spelled as listed; otherwise placed by the transducer, which tells names apart but does not make them one. */
  readonly listed: boolean;
};

export const NO_GIVEN_NAME: GivenName = { first: -1, second: -1, listed: false };

/** Places a word among the given names: `houcine` and `حسين` on one line, `hassan` on another, `amar` on two. */
export function givenNameOf(token: NameToken): GivenName {
  if (token.kind === 'initial') return NO_GIVEN_NAME;
  const listed =
    listedLetters.get(token.key) ??
    listedIn.get(keyOf(token.symbols, token.script)) ??
    (token.otherSymbols === undefined ? undefined : listedIn.get(keyOf(token.otherSymbols, token.script)));
  if (listed !== undefined) return { first: listed[0] ?? -1, second: listed[1] ?? -1, listed: true };
  return token.symbols.length < 3 ? NO_GIVEN_NAME : nearest(token);
}

/** 1 where both may be one name, −1 where they are different names, 0 where one is not listed. */
export function givenNamesAgree(a: GivenName, b: GivenName): -1 | 0 | 1 {
  if (a.first < 0 || b.first < 0) return 0;
  if (a.first === b.first || a.first === b.second) return 1;
  return a.second >= 0 && (a.second === b.first || a.second === b.second) ? 1 : -1;
}

type Spelling = {
  readonly name: number;
  readonly symbols: Uint8Array;
  readonly script: 'latin' | 'arabic';
  readonly information: number;
};

/** Share of the evidence of two equal spellings that places an unlisted one, and how far behind a second name may be, in nats. */
const LEAST_SHARE = 0.72;
const NEAR = 2;

function nearest(token: NameToken): GivenName {
  const own = informationOf(token.symbols, token.script);
  let [best, name, second, secondName] = [0, -1, 0, -1];
  for (const skeleton of skeletonsOf(token, 3)) {
    for (const spelling of bySkeleton.get(skeleton) ?? []) {
      const evidence =
        togetherLog(token.symbols, token.script, spelling.symbols, spelling.script) + own + spelling.information;
      if (evidence < (LEAST_SHARE * (own + spelling.information)) / 2) continue;
      if (spelling.name === name) best = Math.max(best, evidence);
      else if (evidence > best) [best, name, second, secondName] = [evidence, spelling.name, best, name];
      else if (evidence > second) [second, secondName] = [evidence, spelling.name];
    }
  }
  return { first: name, second: secondName >= 0 && best - second < NEAR ? secondName : -1, listed: false };
}

const keyOf = (symbols: Uint8Array, script: 'latin' | 'arabic'): string => script + String.fromCharCode(...symbols);

/** By letters first: Amar may be Omar, but with two m it is Ammar; symbols count a doubled letter once. */
const listedLetters = new Map<string, number[]>();
const listedIn = new Map<string, number[]>();
const bySkeleton = new Map<string, Spelling[]>();
/** Later spellings of a line are rare or irregular: they are looked up, not measured against. */
const MEASURED = 4;

const lines = [...ARABIC_GIVEN_NAMES.trim().split('\n'), ...EUROPEAN_GIVEN_NAMES.trim().split('\n')];
for (const [name, line] of lines.entries()) {
  for (const [at, word] of line.split(' ').entries()) list(name, word, at < MEASURED);
}

/** −ln of the share of name parts that are spelt as the first of a listed name is, in nats. */
export function rarityOfGivenName(name: number): number {
  return rarities[name] ?? 0;
}

const rarities = lines.map((line) => learnedRarityOf(listedToken(line.split(' ')[0] ?? '')));

function list(name: number, word: string, measured: boolean): void {
  const script = arabicLetters(word) === '' ? 'latin' : 'arabic';
  const core = script === 'latin' ? latinCore(latinLetters(word)).letters : arabicCore(arabicLetters(word)).letters;
  const symbols = encodeSpelling(core, script);
  enter(listedLetters, script === 'latin' ? latinLetters(word) : arabicLetters(word), name);
  enter(listedIn, keyOf(symbols, script), name);
  if (!measured) return;
  const token = tokenOf({ written: word, letters: core, script, kind: 'name', family: false, linked: false });
  for (const skeleton of skeletonsOf(token, 1)) {
    const spellings = bySkeleton.get(skeleton) ?? [];
    spellings.push({ name, symbols, script, information: informationOf(symbols, script) });
    bySkeleton.set(skeleton, spellings);
  }
}

function listedToken(word: string): NameToken {
  const arabic = arabicLetters(word);
  const read = { kind: 'name', family: false, linked: false } as const;
  return tokenOf(
    arabic === ''
      ? { letters: latinLetters(word), script: 'latin', ...read }
      : { letters: arabic, script: 'arabic', ...read },
  );
}

function enter(names: Map<string, number[]>, key: string, name: number): void {
  const entered = names.get(key) ?? [];
  if (!entered.includes(name)) entered.push(name);
  names.set(key, entered);
}
