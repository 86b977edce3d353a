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

// Registers that this file made: only the fold that made them goes on with them, so they grow in place. A copy at each act
// would make a dossier of fifty thousand acts cost minutes.
const growing = new WeakSet<object>();

/** Adds an entry to a list. The data that came before it is not to be used any more. */
export function withEntry(data: JsonObject, list: string, entry: JsonObject): JsonObject {
  const known = data[list];
  if (isList(known) && growing.has(known)) {
    known.push(entry);
    return data;
  }
  const entries = [...listOf(data, list), entry];
  growing.add(entries);
  return { ...data, [list]: entries };
}

/** Adds a member to a record. The data that came before it is not to be used any more. */
export function withMember(data: JsonObject, record: string, key: string, value: Json): JsonObject {
  const known = data[record];
  if (isObject(known) && growing.has(known)) {
    Object.assign(known, { [key]: value });
    return data;
  }
  const members = { ...recordOf(data, record), [key]: value };
  growing.add(members);
  return { ...data, [record]: members };
}

/** Members of `inputs` by name, those that are there. */
export function pick(inputs: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => member(inputs, name)));
}

function member(inputs: JsonObject, name: string): readonly (readonly [string, Json])[] {
  const value = inputs[name];
  return value === undefined ? [] : [[name, value]];
}

function isList(value: Json | undefined): value is Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
