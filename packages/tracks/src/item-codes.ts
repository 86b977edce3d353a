import { handlingCodes } from '@entente/protocol';
import type { HandlingCode, Json, JsonObject } from '@entente/protocol';

/** The handling codes that items anywhere in a body carry, each once, in the order of `handlingCodes`. */
export function itemCodes(fields: JsonObject): readonly HandlingCode[] {
  const found = new Set<Json>(codesWithin(fields));
  return handlingCodes.filter((code) => found.has(code));
}

function codesWithin(value: Json): readonly Json[] {
  if (isList(value)) return value.flatMap(codesWithin);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'codes' && isList(member) ? member : codesWithin(member),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
