import type { Json, JsonObject } from '@entente/protocol';
import type { Candidate, Line } from './candidate.ts';
import type { ImportedDraft } from './imported-draft.ts';
import { isList, isObject, step } from './json-source.ts';
import type { JsonSource } from './json-source.ts';
import { LeadInMaking } from './lead-in-making.ts';
import type { Source } from './lead-in-making.ts';
import { fixedMarkings } from './marking-table.ts';
import { readMarks } from './markings.ts';
import type { Said } from './markings.ts';
import { partLeaves } from './part-leaves.ts';
import { applyRule, entryOf } from './rule.ts';
import { patternPaths, stixRules } from './stix-table.ts';

/** One STIX object and where it stands. */
interface Thing {
  readonly object: JsonObject;
  readonly base: string;
}

const identifier = /^[a-z][a-z0-9-]*--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a value is a STIX object: `{"type":"identity","id":"identity--<uuid>",…}`. */
export function isStixObject(value: Json | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const { type, id } = value;
  return typeof type === 'string' && typeof id === 'string' && identifier.test(id) && id.startsWith(`${type}--`);
}

/** Where in a JSON source STIX objects are collected: a bundle, an envelope, a lone object, or several deeper down. */
export function findStix(value: Json, base = ''): readonly string[] {
  if (isStixObject(value)) return [base];
  if (isList(value))
    return value.some(isStixObject) ? [base] : value.flatMap((member, i) => findStix(member, base + step(i)));
  if (!isObject(value)) return [];
  const { objects } = value;
  if (isList(objects) && objects.some(isStixObject)) return [base];
  return Object.keys(value).flatMap((name) => findStix(value[name] ?? null, base + step(name)));
}

/** Makes one draft of each collection at `places`. @param source its `format` is set by the version found */
export function readStix(json: JsonSource, places: readonly string[], source: Source): readonly ImportedDraft[] {
  const parts = partLeaves(json.leaves, places);
  return places.map((place, i) => {
    const things = thingsAt(valueAt(json.value, place), place);
    const format = things.some(({ object }) => object['spec_version'] === '2.1') ? 'stix-2.1' : 'stix-2.0';
    const lead = new LeadInMaking({ ...source, format, ...(place === '' ? {} : { place }) }, parts[i] ?? []);
    const known = new Map(things.map((thing) => [thing.object['id'], thing.object]));
    for (const thing of things) enterThing(lead, thing, known);
    return lead.finish();
  });
}

export function valueAt(value: Json, place: string): Json {
  return place
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json>((at, name) => (isList(at) ? at[Number(name)] : isObject(at) ? at[name] : null) ?? null, value);
}

function thingsAt(value: Json, base: string): readonly Thing[] {
  if (isList(value)) return value.flatMap((object, i) => thingsAt(object, base + step(i)));
  if (!isObject(value)) return [];
  const { objects, type } = value;
  // A bundle holds a list; the observed data of STIX 2.0 holds its observables by number.
  const inside = isList(objects)
    ? thingsAt(objects, `${base}/objects`)
    : isObject(objects)
      ? Object.keys(objects).flatMap((name) => thingsAt(objects[name] ?? null, `${base}/objects${step(name)}`))
      : [];
  return type === undefined || type === 'bundle' ? inside : [{ object: value, base }, ...inside];
}

function enterThing(lead: LeadInMaking, { object, base }: Thing, known: ReadonlyMap<unknown, JsonObject>): void {
  const type = String(object['type']);
  const individual = object['identity_class'] === 'individual' || object['resource_level'] === 'individual';
  const rule = (individual ? stixRules[`${type}:individual`] : undefined) ?? own(stixRules, type);
  if (rule === undefined) return;
  for (const name of ['name', 'description', 'labels', 'malware_types', 'indicator_types'])
    lead.hint(`${base}/${name}`, isList(object[name]) ? object[name].join(' ') : object[name]);
  const isItem = rule.into !== 'statement' && rule.into !== 'facts';
  const saidBy = isItem ? ['type', ...(type === 'identity' && individual ? ['identity_class'] : [])] : [];
  const candidate = patternCandidate(object, base) ?? applyRule(rule, object, base, saidBy);
  lead.enter(type === 'relationship' ? withNames(candidate, known) : candidate, readMarks(saidOf(object, base, known)));
}

/** An indicator whose pattern is one comparison becomes the subject that it looks for. */
function patternCandidate(object: JsonObject, base: string): Candidate | undefined {
  if (object['type'] !== 'indicator' || typeof object['pattern'] !== 'string') return undefined;
  const found = /^\[\s*([a-z0-9-]+:value)\s*=\s*'([^'\\]+)'\s*\]$/.exec(object['pattern']);
  const path = found === null ? undefined : own(patternPaths, found[1] ?? '');
  const rule = path === undefined ? undefined : stixRules[path.rule];
  const target = rule?.fields?.[path?.property ?? ''];
  if (rule === undefined || target === undefined) return undefined;
  const lines = ['name', 'description', 'labels', 'indicator_types', 'valid_from', 'valid_until', 'pattern_type'];
  const described = applyRule({ ...rule, fields: {}, lines }, object, base, ['type']);
  return { ...described, entries: [entryOf(`${base}/pattern`, found?.[2] ?? '', target)] };
}

/** A relationship names its two ends by id; people read names. */
function withNames(candidate: Candidate, known: ReadonlyMap<unknown, JsonObject>): Candidate {
  const named = (line: Line): Line => {
    const end = known.get(line.value);
    const name = end?.['name'] ?? end?.['value'];
    return typeof name === 'string' ? { ...line, value: `${name} (${String(line.value)})` } : line;
  };
  return { ...candidate, lines: candidate.lines.map(named) };
}

function saidOf(object: JsonObject, base: string, known: ReadonlyMap<unknown, JsonObject>): readonly Said[] {
  const refs = isList(object['object_marking_refs']) ? object['object_marking_refs'] : [];
  const granular = isList(object['granular_markings']) ? object['granular_markings'] : [];
  const said = refs.map((ref, i) => ({ place: `${base}/object_marking_refs/${i}`, says: markingOf(ref, known) }));
  // A marking of one property counts for the whole: what is made of the object cannot be told apart any more.
  for (const [i, member] of granular.entries())
    if (isObject(member))
      said.push({ place: `${base}/granular_markings/${i}/marking_ref`, says: markingOf(member['marking_ref'], known) });
  const { confidence } = object;
  if (typeof confidence === 'number') said.push({ place: `${base}/confidence`, says: `confidence: ${confidence}` });
  return said;
}

function markingOf(ref: Json | undefined, known: ReadonlyMap<unknown, JsonObject>): string {
  const fixed = typeof ref === 'string' ? own(fixedMarkings, ref) : undefined;
  const definition = known.get(ref)?.['definition'];
  const tlp = isObject(definition) ? definition['tlp'] : undefined;
  const name = known.get(ref)?.['name'];
  return fixed ?? (typeof tlp === 'string' ? `TLP:${tlp}` : typeof name === 'string' ? name : String(ref));
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
