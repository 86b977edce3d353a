import { parsePhoneNumberFromString } from 'libphonenumber-js';
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
 * The one spelling of a number by which it is compared, `telephone:+33639980001`, `plate:WW123ZZ`; undefined where so
 * little is left that it would agree with strangers.
 */
export function numberKey({ kind, number, country }: SaidNumber): string | undefined {
  const plain = number.normalize('NFKC').replaceAll(/\p{Nd}/gu, asciiDigit);
  const key = spellingOf(kind)(plain, country).slice(0, longest);
  return [...key].length < shortest ? undefined : `${kind}:${key}`;
}

type Spelling = (number: string, country: string | undefined) => string;

function spellingOf(kind: string): Spelling {
  if (kind === 'telephone') return telephone;
  if (kind === 'handle' || kind === 'identifier' || kind === 'url') return online;
  return compact;
}

function telephone(number: string, country: string | undefined): string {
  const international = number.trim().replace(/^00/, '+');
  return parsePhoneNumberFromString(international, stateCode(country))?.number ?? compact(international);
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
  return name
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/^@/, '')
    .replace(/\/+$/, '');
}

function compact(number: string): string {
  return number.toUpperCase().replaceAll(/[^\p{L}\p{Nd}]/gu, '');
}

/** Decimal digits of every script stand in runs of ten that begin at a multiple of ten or at six above one of sixteen. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
