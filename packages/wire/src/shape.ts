import { isSha256Hex, type Json, type JsonObject, Refusal, type Sha256Hex } from '@entente/protocol';
import { readBase64 } from './bytes.ts';

/** An object that has exactly these members, `optional` ones perhaps. @throws Refusal `field-…` naming the place */
export function readMembers(
  json: Json | undefined,
  where: string,
  required: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (!isObject(json)) throw new Refusal('field-malformed', { where, what: 'not an object' });
  for (const name of required) {
    if (!Object.hasOwn(json, name)) throw new Refusal('field-missing', { where: `${where}.${name}` });
  }
  for (const name of Object.keys(json)) {
    if (!required.includes(name) && !optional.includes(name)) {
      throw new Refusal('field-unknown', { where: `${where}.${name.slice(0, 40)}` });
    }
  }
  return json;
}

export function readList(json: Json | undefined, where: string, minimum: number, maximum: number): readonly Json[] {
  if (!isList(json)) throw new Refusal('field-malformed', { where, what: 'not a list' });
  if (json.length < minimum || json.length > maximum) {
    throw new Refusal('field-malformed', { where, what: `${json.length} items, not ${minimum} to ${maximum}` });
  }
  return json;
}

export function readText(json: Json | undefined, where: string): string {
  if (typeof json !== 'string') throw new Refusal('field-malformed', { where, what: 'not a text' });
  return json;
}

export function readSha256(json: Json | undefined, where: string): Sha256Hex {
  if (!isSha256Hex(json)) throw new Refusal('field-malformed', { where, what: 'not a SHA-256 in hexadecimal' });
  return json;
}

/** Base64 of bytes, `length` of them where given. */
export function readBytes(json: Json | undefined, where: string, length?: number): Uint8Array {
  const bytes = readBase64(readText(json, where), where);
  if (length !== undefined && bytes.length !== length) {
    throw new Refusal('field-malformed', { where, what: `${bytes.length} bytes, not ${length}` });
  }
  return bytes;
}

export function readKind<Name extends string>(json: Json | undefined, where: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === json);
  if (found === undefined) throw new Refusal('field-malformed', { where, what: `not one of ${names.join(', ')}` });
  return found;
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}
