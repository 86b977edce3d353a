import type { Json } from './json.ts';
import { checkVisibleText, mayHideCharacters } from './visible-text.ts';

/**
 * Refuses invisible characters in any string or member name of a value, naming the place.
 * @param canonicalText the value as written, so that the usual case costs one pass over it and no walk
 * @throws Refusal `text-invisible-characters`
 */
export function checkVisibleJson(value: Json, canonicalText: string, multiline = false): void {
  if (mayHideCharacters(canonicalText)) walk(value, '$', multiline);
}

function walk(value: Json, where: string, multiline: boolean): void {
  if (typeof value === 'string') return checkVisibleText(value, where, multiline);
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const [i, member] of (value as readonly Json[]).entries()) walk(member, `${where}[${i}]`, multiline);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    checkVisibleText(name, where);
    walk(member, `${where}.${name}`, multiline);
  }
}
