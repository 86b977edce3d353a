import type { JsonObject } from '@entente/protocol';

/** A JSON Schema, draft 2020-12. */
export type Schema = JsonObject;

/** An object with exactly these members: all of the first, any of the second, no other. */
export function objectOf(
  members: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  const required = Object.keys(members);
  return {
    type: 'object',
    properties: { ...members, ...optional },
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

export function listOf(items: Schema, maximum: number, minimum = 0): Schema {
  return { type: 'array', items, minItems: minimum, maxItems: maximum };
}

export function setOf(choices: readonly string[], minimum = 0): Schema {
  return { type: 'array', items: { enum: choices }, uniqueItems: true, minItems: minimum, maxItems: choices.length };
}

export function oneOf(choices: readonly string[]): Schema {
  return { type: 'string', enum: choices };
}

export function textOf(maximum: number): Schema {
  return { type: 'string', minLength: 1, maxLength: maximum };
}

/** Bytes in base64 with padding; the bound counts bytes. */
export function base64Of(maximum: number): Schema {
  return {
    type: 'string',
    contentEncoding: 'base64',
    maxLength: 4 * Math.ceil(maximum / 3),
    pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  };
}

export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
export const hex64: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const dossierId: Schema = { type: 'string', pattern: '^[0-9a-f]{32}$' };
/** A party's or a relation's name in the accord. */
export const shortName: Schema = { type: 'string', pattern: '^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$' };
/** A name of a track, an act type, a state, a gate, a clock. */
export const word: Schema = { type: 'string', pattern: '^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$' };
export const instant: Schema = {
  type: 'string',
  pattern: String.raw`^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$`,
};
export const uuid: Schema = { type: 'string', pattern: '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$' };
/** Any JSON object: what it may hold is checked against the act type it is for. */
export const anyObject: Schema = { type: 'object' };

/** In a path or a query everything is text and nothing is converted: numbers are digits. */
export const digits: Schema = { type: 'string', pattern: '^(?:0|[1-9][0-9]{0,14})$' };
export const smallNumber: Schema = { type: 'string', pattern: '^[1-9][0-9]{0,3}$' };
export const pageLimit: Schema = { type: 'string', pattern: '^(?:[1-9][0-9]?|[1-4][0-9]{2}|500)$' };
export const cursor: Schema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,200}$' };
export const yes: Schema = oneOf(['yes']);
