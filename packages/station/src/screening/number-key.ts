import { parsePhoneNumberFromString } from 'libphonenumber-js';
import {
  type CheckedNumber,
  correctionsOf,
  type KindedNumber,
  plainNumber,
  readNumber,
  sameToReader,
  westernFigures,
} from '@entente/matching';
import type { SaidNumber } from '@entente/tracks';

const shortest = 4;
const longest = 300;
/** States whose numbers are often written without their country code, by ISO 3166-1 alpha-3; the library knows alpha-2. */
const states = {
  FRA: 'FR',
  MAR: 'MA',
  ESP: 'ES',
  BEL: 'BE',
  NLD: 'NL',
  DEU: 'DE',
  ITA: 'IT',
  PRT: 'PT',
  GBR: 'GB',
  DZA: 'DZ',
  TUN: 'TN',
  LBY: 'LY',
  EGY: 'EG',
  MRT: 'MR',
  SEN: 'SN',
} as const;
type State = keyof typeof states;
type StateCode = (typeof states)[State];

/**
 * What a number is filed under: its one spelling, `telephone:+33639980001`, `plate:WW123ZZ`; where its check figure fails, the
 * numbers that one slip makes into it, `near/imo:9074729`; where it has none, what readers confuse made equal,
 * `alike/document:A120456`. None where so little is left that it would agree with strangers.
 */
export function numberKeys({ kind, number, country }: SaidNumber): readonly string[] {
  const spelt = spellingOf(kind)(number, country);
  const normal = spelt.normal.slice(0, longest);
  if ([...normal].length < shortest) return [];
  const near = spelt.check === 'fails' ? correctionsOf(kind, normal).map((right) => `${nearMark}${kind}:${right}`) : [];
  const isCopied = spelt.check === 'none' && copied.has(kind) && normal.length >= shortestAlike;
  const alike = isCopied ? [`${alikeMark}${kind}:${sameToReader(normal)}`] : [];
  return [`${kind}:${normal}`, ...near, ...alike];
}

/** Under which keys others may be filed that have one of these numbers, or one a slip apart. */
export function lookupKeys(keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => {
    if (key.startsWith(alikeMark)) return [key];
    return key.startsWith(nearMark) ? [key.slice(nearMark.length)] : [key, nearMark + key];
  });
}

/** The numbers themselves in what a subject is filed under. */
export function numbersIn(keys: readonly string[]): readonly KindedNumber[] {
  return keys
    .filter((key) => !key.startsWith(nearMark) && !key.startsWith(alikeMark))
    .map((key) => ({ kind: key.slice(0, key.indexOf(':')), number: key.slice(key.indexOf(':') + 1) }));
}

const nearMark = 'near/';
const alikeMark = 'alike/';
/** Kinds that are copied by eye or machine and have no check figure that every issuer keeps to. */
const copied: ReadonlySet<string> = new Set(['document', 'plate', 'serial', 'chassis', 'registration', 'call-sign']);
const shortestAlike = 6;

type Spelling = (number: string, country: string | undefined) => CheckedNumber;

function spellingOf(kind: string): Spelling {
  if (kind === 'telephone') return (number, country) => unchecked(telephone(number, country));
  if (kind === 'handle' || kind === 'identifier' || kind === 'url') return (name) => unchecked(online(name));
  return (number, country) => readNumber(kind, number, stateCode(country));
}

const unchecked = (normal: string): CheckedNumber => ({ normal, check: 'none' });

function telephone(number: string, country: string | undefined): string {
  const international = westernFigures(number).trim().replace(/^00/, '+');
  return parsePhoneNumberFromString(international, stateCode(country))?.number ?? plainNumber(international);
}

function stateCode(country: string | undefined): StateCode | undefined {
  const code = country?.toUpperCase();
  if (code === undefined) return undefined;
  if (isState(code)) return states[code];
  return Object.values(states).find((known) => known === code);
}

function isState(code: string): code is State {
  return Object.hasOwn(states, code);
}

function online(name: string): string {
  return westernFigures(name)
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/^@/, '')
    .replace(/\/+$/, '');
}
