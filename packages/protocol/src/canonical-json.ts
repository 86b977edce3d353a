import type { Json, JsonObject } from './json.ts';
import { diagnoseJson } from './strict-json-diagnosis.ts';
import { readJsonByHand } from './read-json-by-hand.ts';
import { Refusal } from './refusal.ts';

const maximumDepth = 32;

/** Writes a value in the JSON Canonicalization Scheme (RFC 8785). Refuses lone surrogates, non-finite numbers, depth over 32. */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

/**
 * Reads text that must be the canonical form of one I-JSON value, and nothing else: duplicate keys, other spellings of
 * numbers or strings, white space, a byte-order mark and trailing characters all fail the comparison with what we would write.
 * @throws Refusal `json-malformed`, `json-not-canonical`, `json-too-deep`, each naming the place
 */
export function readCanonicalJson(text: string): Json {
  const value = parse(text);
  if (isCanonical(value, text)) return value;
  const read = readJsonByHand(text);
  if (read !== undefined && isCanonical(read, text)) return read;
  throw diagnoseJson(text);
}

function isCanonical(value: Json, text: string): boolean {
  try {
    // The host's own writer is JCS but for the order of members and for lone surrogates, which it spells `\\udxxx`.
    const usual = isWrittenInOrder(value, 0) && !text.includes('\\ud');
    return usual ? JSON.stringify(value) === text : write(value, 0) === text;
  } catch (cause) {
    if (cause instanceof Refusal) throw diagnoseJson(text, cause);
    throw cause;
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw diagnoseJson(text, cause);
  }
}

function isWrittenInOrder(value: Json, depth: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (depth >= maximumDepth) throw tooDeep();
  if (isArray(value)) {
    for (const member of value) if (!isWrittenInOrder(member, depth + 1)) return false;
    return true;
  }
  let previous: string | undefined;
  for (const key in value) {
    if (previous !== undefined && previous >= key) return false;
    previous = key;
    const member = value[key];
    if (typeof member === 'object' && !isWrittenInOrder(member, depth + 1)) return false;
  }
  return true;
}

function write(value: Json, depth: number): string {
  if (typeof value === 'string') return writeString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (depth >= maximumDepth) throw tooDeep();
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

function tooDeep(): Refusal {
  return new Refusal('json-too-deep', { what: `deeper than ${maximumDepth}` });
}
