import { Refusal } from '@entente/protocol';
import type { Json, JsonObject } from '@entente/protocol';
import type { Property } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';

/** A foreign JSON text: its value, and its leaves in order (an empty list or object is a leaf too). */
export interface JsonSource {
  readonly value: Json;
  readonly leaves: readonly Property[];
}

interface Scan {
  readonly text: string;
  readonly limits: ImportLimits;
  readonly leaves: Property[];
  at: number;
}

const space = /[ \t\r\n]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Reads any JSON text that has one meaning: white space and order are free, duplicate keys are not. A number that a
 * double cannot hold stays the text that it was.
 * @throws Refusal `json-malformed`, `json-too-deep`, `too-large`, each with line and column
 */
export function readJsonSource(text: string, limits: ImportLimits): JsonSource {
  const scan: Scan = { text, limits, leaves: [], at: 0 };
  take(scan, space);
  const value = readValue(scan, '', 0);
  if (scan.at < text.length) throw fault(scan, 'something after the value');
  return { value, leaves: scan.leaves };
}

/** One step of a JSON pointer (RFC 6901). */
export function step(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function readValue(scan: Scan, place: string, depth: number): Json {
  const next = scan.text[scan.at];
  if (next !== '{' && next !== '[') return leaf(scan, place, readScalar(scan));
  if (depth >= scan.limits.depth) throw fault(scan, `deeper than ${scan.limits.depth}`, 'json-too-deep');
  scan.at += 1;
  take(scan, space);
  return next === '{' ? readObject(scan, place, depth) : readList(scan, place, depth);
}

function readObject(scan: Scan, place: string, depth: number): Json {
  // Without a prototype: a key of theirs may be `__proto__`, and one that is absent may be `constructor`.
  const members = Object.create(null) as Record<string, Json>;
  if (skip(scan, '}')) return leaf(scan, place, members);
  do {
    const name = readString(scan);
    if (name === undefined) throw fault(scan, 'a member name expected');
    if (Object.hasOwn(members, name)) throw fault(scan, 'a duplicate key');
    take(scan, space);
    if (!skip(scan, ':')) throw fault(scan, 'a colon expected');
    members[name] = readValue(scan, place + step(name), depth + 1);
    take(scan, space);
  } while (skip(scan, ','));
  if (!skip(scan, '}')) throw fault(scan, 'a comma or } expected');
  return members;
}

function readList(scan: Scan, place: string, depth: number): Json {
  const items: Json[] = [];
  if (skip(scan, ']')) return leaf(scan, place, items);
  do {
    items.push(readValue(scan, place + step(items.length), depth + 1));
    take(scan, space);
  } while (skip(scan, ','));
  if (!skip(scan, ']')) throw fault(scan, 'a comma or ] expected');
  return items;
}

function readScalar(scan: Scan): Json {
  const text = readString(scan);
  if (text !== undefined) return text;
  const raw = take(scan, scalar);
  if (raw === '') throw fault(scan, scan.at < scan.text.length ? 'not a value' : 'ends too early');
  const value = JSON.parse(raw) as number | boolean | null;
  return typeof value === 'number' && !isHeld(raw, value) ? raw : value;
}

/** A string at this place; a pattern over millions of escapes would exhaust the stack, so this walks. */
function readString(scan: Scan): string | undefined {
  if (scan.text[scan.at] !== '"') return undefined;
  let end = scan.at + 1;
  while (end < scan.text.length && scan.text[end] !== '"') end += scan.text[end] === '\\' ? 2 : 1;
  const text = parseString(scan.text.slice(scan.at, end + 1));
  if (text === undefined) throw fault(scan, 'not a string');
  if (!text.isWellFormed()) throw fault(scan, 'a lone surrogate is not text');
  scan.at = end + 1;
  return text;
}

function parseString(raw: string): string | undefined {
  try {
    return JSON.parse(raw) as string;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Whether a double holds all digits of a number as written. */
function isHeld(raw: string, value: number): boolean {
  return Number.isFinite(value) && digitsOf(raw) === digitsOf(String(value));
}

/** `-1.50e3` → `-15e2`: one spelling for one decimal number. */
function digitsOf(raw: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(raw) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(power) - fraction.length + digits.length - significant.length}`;
}

function leaf(scan: Scan, place: string, value: Json): Json {
  if (scan.leaves.length >= scan.limits.properties)
    throw fault(scan, `more than ${scan.limits.properties} properties`, 'too-large');
  scan.leaves.push({ place, value });
  if (typeof value !== 'object' || value === null) take(scan, space);
  return value;
}

function take(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0] ?? '';
  scan.at += found.length;
  return found;
}

function skip(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at += 1;
  take(scan, space);
  return true;
}

function fault(
  scan: Scan,
  what: string,
  code: 'json-malformed' | 'json-too-deep' | 'too-large' = 'json-malformed',
): Refusal {
  const before = scan.text.slice(0, scan.at);
  const line = before.split('\n').length;
  return new Refusal(code, { where: `line ${line}, column ${scan.at - before.lastIndexOf('\n')}`, what });
}
