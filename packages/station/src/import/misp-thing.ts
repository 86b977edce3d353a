import type { Json, JsonObject } from '@entente/protocol';
import type { Candidate } from './candidate.ts';
import { isList, isObject, step } from './json-source.ts';
import type { Said } from './markings.ts';

/** A MISP object or attribute, where it stands, and what is said of everything around it. */
export interface Thing {
  readonly object: JsonObject;
  readonly base: string;
  readonly said: readonly Said[];
}

export function thingsIn(list: Json | undefined, base: string, said: readonly Said[]): readonly Thing[] {
  if (!isList(list)) return [];
  return list.flatMap((object, i) => (isObject(object) ? [{ object, base: base + step(i), said }] : []));
}

export function tagsOf(object: JsonObject, base: string): readonly Said[] {
  return thingsIn(object['Tag'], `${base}/Tag`, []).flatMap(({ object: { name }, base }) =>
    typeof name === 'string' ? [{ place: `${base}/name`, says: name }] : [],
  );
}

export function commentOf({ object: { comment }, base }: Pick<Thing, 'object' | 'base'>): Candidate['lines'] {
  return typeof comment === 'string' && comment !== ''
    ? [{ place: `${base}/comment`, value: comment, label: 'comment' }]
    : [];
}

/** What its author took back is kept and goes nowhere. */
export function isDeleted({ deleted }: JsonObject): boolean {
  return deleted === true || deleted === '1' || deleted === 1;
}

export function linesOf({ object, base }: Thing, into: string, names: readonly string[]): Candidate {
  const lines = names.flatMap((label) => {
    const value = object[label];
    return typeof value === 'string' && value !== '' ? [{ place: base + step(label), value, label }] : [];
  });
  return { into, saidBy: [], constants: {}, entries: [], lines };
}
