import type { Json, JsonObject } from '@entente/protocol';
import type { Candidate, Entry, Line } from './candidate.ts';
import { isList, isObject, step } from './json-source.ts';

/** Where a property goes: a field path (`lead-fields.ts`), or that with the words of the source for its choices. */
export type Target =
  | string
  | {
      readonly to: string;
      readonly with?: Readonly<Record<string, Json>>;
      readonly choices?: Readonly<Record<string, string>>;
    };

/** One line of a mapping table: what a thing of the source becomes. What no rule names is kept. */
export interface Rule {
  /** A subject kind of the leads track, `statement`, or `facts`. */
  readonly into: string;
  readonly constants?: Readonly<Record<string, Json>>;
  /** Property of the source → field. */
  readonly fields?: Readonly<Record<string, Target>>;
  /** Properties that become lines of the remark, the statement or the facts. */
  readonly lines?: readonly string[];
}

/** Applies a rule to one object of a JSON source. @param saidBy members that said which rule it is */
export function applyRule(rule: Rule, object: JsonObject, base: string, saidBy: readonly string[]): Candidate {
  const entries = Object.entries(rule.fields ?? {}).flatMap(([name, target]) =>
    leavesOf(object[name], base + step(name), name).map(({ place, value }) => entryOf(place, value, target)),
  );
  const lines = (rule.lines ?? []).flatMap((name) => leavesOf(object[name], base + step(name), name));
  const language = object['lang'];
  return {
    into: rule.into,
    saidBy: saidBy.map((name) => base + step(name)),
    constants: rule.constants ?? {},
    entries,
    lines,
    ...(typeof language === 'string' && /^[a-z]{2,3}$/.test(language)
      ? { language: { place: `${base}/lang`, value: language } }
      : {}),
  };
}

export function entryOf(place: string, value: Json, target: Target): Entry {
  if (typeof target === 'string') return { place, value, path: target };
  const { to, ...rest } = target;
  return { place, value, path: to, ...rest };
}

/** All leaves below a value, each a line labelled by the names on its way. */
function leavesOf(value: Json | undefined, place: string, label: string): readonly Line[] {
  if (value === undefined || value === null || value === '') return [];
  if (isList(value)) return value.flatMap((member, i) => leavesOf(member, place + step(i), label));
  if (!isObject(value)) return [{ place, value, label }];
  return Object.keys(value).flatMap((name) => leavesOf(value[name], place + step(name), `${label} ${name}`));
}
