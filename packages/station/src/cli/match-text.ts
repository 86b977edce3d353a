import type { JsonObject, Language } from '@entente/protocol';
import { isJsonObject } from './json-file.ts';
import { say } from './words/say.ts';

type Value = JsonObject[string] | undefined;

/** `87 %`; at most 99: a hundred would be read as a decision. */
export function percent(probability: Value): string {
  return `${Math.min(99, Math.round(Number(probability) * 100))} %`.padStart(5);
}

/** What a line of the inbox says of matches that wait for an officer. */
export function possibleMatches(count: Value, language: Language): string {
  if (typeof count !== 'number') return '';
  return count === 1 ? say(language, 'possible-match') : say(language, 'possible-matches', { count: String(count) });
}

/** Where one side of a match stands: `fr-ma dossier 0f3c…`, `list wanted`. */
export function sideText(side: Value): string {
  if (!isJsonObject(side)) return '';
  const { list, relation, dossier, draft } = side;
  if (list !== undefined) return `list ${String(list)}`;
  const place = draft === undefined ? `dossier ${String(dossier)}` : `draft ${String(draft)}`;
  return `${String(relation)} ${place}`;
}

/** What spoke for and against, the strongest first: `  +9.0  the same number  AB123456 | AB 123456`. */
export function explanationLines(terms: Value): readonly string[] {
  return objectsIn(terms).map(({ evidence, says, left, right }) => {
    const weight = Number(evidence);
    const compared =
      left === undefined && right === undefined ? '' : `  ${String(left ?? '–')} | ${String(right ?? '–')}`;
    return `  ${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}  ${String(says)}${compared}`;
  });
}

export function objectsIn(value: Value): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
