import type { Json, JsonObject } from '@entente/protocol';

/** Reading and extending a track's data, which is plain JSON: absent is empty, a wrong shape is absent. */
export function listOf(data: JsonObject, name: string): readonly JsonObject[] {
  const value = data[name];
  return isList(value) ? value.filter(isObject) : [];
}

function recordOf(data: JsonObject, name: string): JsonObject {
  const value = data[name];
  return isObject(value) ? value : {};
}

export function textOf(data: JsonObject, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

export function textsOf(data: JsonObject, name: string): readonly string[] {
  const value = data[name];
  return isList(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function withEntry(data: JsonObject, list: string, entry: JsonObject): JsonObject {
  return { ...data, [list]: [...listOf(data, list), entry] };
}

export function withMember(data: JsonObject, record: string, key: string, value: Json): JsonObject {
  return { ...data, [record]: { ...recordOf(data, record), [key]: value } };
}

/** Members of `inputs` by name, those that are there. */
export function pick(inputs: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => member(inputs, name)));
}

function member(inputs: JsonObject, name: string): readonly (readonly [string, Json])[] {
  const value = inputs[name];
  return value === undefined ? [] : [[name, value]];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
