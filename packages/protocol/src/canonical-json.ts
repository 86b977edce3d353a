import { Refusal } from './refusal.ts';

/** A value that I-JSON (RFC 7493) can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const maximumDepth = 32;

/** Writes a value in the JSON Canonicalization Scheme (RFC 8785). Refuses lone surrogates, non-finite numbers, depth over 32. */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

/**
 * Reads bytes that must be the canonical form of one I-JSON value, and nothing else: duplicate keys, other spellings of
 * numbers or strings, white space, a byte-order mark and trailing bytes all fail the comparison with what we would write.
 * @throws Refusal `json-malformed`, `json-not-canonical`, `json-too-deep`
 */
export function readCanonicalJson(text: string): Json {
  const value = parse(text);
  const written = write(value, 0);
  if (written !== text) {
    throw new Refusal('json-not-canonical', { where: `character ${firstDifference(text, written)}` });
  }
  return value;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Refusal('json-malformed', { what: 'not JSON' }, { cause });
  }
}

function write(value: Json, depth: number): string {
  if (typeof value === 'string') return writeString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (depth >= maximumDepth) throw new Refusal('json-too-deep', { what: `deeper than ${maximumDepth}` });
  return isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function writeArray(values: readonly Json[], depth: number): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) out += (i === 0 ? '' : ',') + write(values[i] ?? null, depth + 1);
  return `${out}]`;
}

function writeObject(object: JsonObject, depth: number): string {
  // Default sort compares UTF-16 code units, which is the order RFC 8785 §3.2.3 asks for.
  const keys = Object.keys(object).sort();
  let out = '{';
  for (const key of keys) {
    const member = object[key];
    if (member === undefined) continue;
    out += `${out.length === 1 ? '' : ','}${writeString(key)}:${write(member, depth + 1)}`;
  }
  return `${out}}`;
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new Refusal('json-malformed', { what: 'a lone surrogate is not text' });
  return JSON.stringify(text);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Refusal('json-malformed', { what: 'not a finite number' });
  return JSON.stringify(value);
}

function firstDifference(one: string, other: string): number {
  let i = 0;
  while (i < one.length && one[i] === other[i]) i++;
  return i;
}
