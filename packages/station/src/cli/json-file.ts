import { type Json, type JsonObject, readCanonicalJson, Refusal } from '@entente/protocol';

/**
 * Reads JSON that a person may have edited: any spelling, but no member twice (`JSON.parse` keeps the last).
 * @throws Refusal `json-malformed`
 */
export function parseJson(bytes: Uint8Array, where: string): Json {
  const text = new TextDecoder().decode(bytes);
  try {
    const value = JSON.parse(text) as Json;
    const members = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
    if (members !== countMembers(value)) throw new Refusal('json-malformed', { where, what: 'the same member twice' });
    return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new Refusal('json-malformed', { where, what: cause.message.slice(0, 200) }, { cause });
  }
}

/** As `parseJson`, of an object. @throws Refusal `json-malformed` */
export function parseJsonObject(bytes: Uint8Array, where: string): JsonObject {
  const value = parseJson(bytes, where);
  if (!isJsonObject(value)) throw new Refusal('json-malformed', { where, what: 'not an object' });
  return value;
}

/** As `parseJsonObject`, of a file that only the program writes. @throws Refusal `json-…` */
export function readWrittenObject(bytes: Uint8Array, where: string): JsonObject {
  const value = readCanonicalJson(new TextDecoder().decode(bytes).trimEnd());
  if (!isJsonObject(value)) throw new Refusal('json-malformed', { where, what: 'not an object' });
  return value;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list there is, or an empty one. */
export function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** @throws Refusal `field-malformed` */
export function textIn(value: JsonObject, member: string, where: string): string {
  const found = value[member];
  if (typeof found !== 'string') throw new Refusal('field-malformed', { where: `${where}.${member}` });
  return found;
}

function countMembers(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, member: Json) => sum + countMembers(member), 0);
  return Array.isArray(value) ? inside : inside + Object.keys(value).length;
}
