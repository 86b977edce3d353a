import type { Json, JsonObject } from '@entente/protocol';

/** Reads members of an answer of the API; a shape that the contract does not promise is a defect, and loud. */
export function objectIn(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || isList(value)) throw new TypeError('an object was promised');
  return value;
}

/** Reads the text of one object. */
export function readObject(text: string): JsonObject {
  return objectIn(JSON.parse(text) as Json);
}

export function listIn(value: JsonObject, name: string): readonly JsonObject[] {
  const list = value[name];
  if (!isList(list)) throw new TypeError(`${name}: a list was promised`);
  return list.map(objectIn);
}

export function textIn(value: JsonObject, name: string): string {
  const text = value[name];
  if (typeof text !== 'string') throw new TypeError(`${name}: text was promised`);
  return text;
}

export function numberIn(value: JsonObject, name: string): number {
  const number = value[name];
  if (typeof number !== 'number') throw new TypeError(`${name}: a number was promised`);
  return number;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
