import type { Json, JsonObject } from '@entente/protocol';
import type { ImportedDraft } from './imported-draft.ts';
import { isList, isObject, step } from './json-source.ts';
import type { JsonSource } from './json-source.ts';
import { LeadInMaking } from './lead-in-making.ts';
import type { Source } from './lead-in-making.ts';
import { readMarks } from './markings.ts';
import { enterAttributes } from './misp-attribute.ts';
import { enterObject } from './misp-object.ts';
import { linesOf, tagsOf, thingsIn } from './misp-thing.ts';
import type { Thing } from './misp-thing.ts';
import { partLeaves } from './part-leaves.ts';
import { entryOf } from './rule.ts';
import { valueAt } from './stix.ts';

/** Where in a JSON source MISP events stand, or what a search gives: lists of attributes or objects without an event. */
export function findMisp(value: Json, base = ''): readonly string[] {
  if (isList(value)) {
    // A search for objects answers `[{"Object":{…}},…]`: one draft, as for a list of attributes.
    if (value.some((member) => isObject(member) && isObject(member['Object']))) return [base];
    return value.flatMap((member, i) => findMisp(member, base + step(i)));
  }
  if (!isObject(value)) return [];
  if (isEvent(value)) return [base];
  return Object.keys(value).flatMap((name) => findMisp(value[name] ?? null, base + step(name)));
}

/** Makes one draft of each event. */
export function readMisp(json: JsonSource, places: readonly string[], source: Source): readonly ImportedDraft[] {
  const parts = partLeaves(json.leaves, places);
  return places.map((place, i) => {
    const lead = new LeadInMaking({ ...source, format: 'misp', ...(place === '' ? {} : { place }) }, parts[i] ?? []);
    const value = valueAt(json.value, place);
    if (isObject(value)) enterEvent(lead, value, place);
    else for (const thing of thingsIn(value, place, [])) enterObject(lead, { ...thing, ...unwrapped(thing) });
    return lead.finish();
  });
}

function isEvent(value: JsonObject): boolean {
  const isListed = (name: string): boolean => isList(value[name]) && value[name].some(isAttributeOrObject);
  return isListed('Attribute') || isListed('Object') || ('info' in value && 'threat_level_id' in value);
}

function isAttributeOrObject(value: Json): boolean {
  return isObject(value) && (('type' in value && 'value' in value) || isList(value['Attribute']));
}

function enterEvent(lead: LeadInMaking, event: JsonObject, base: string): void {
  const said = tagsOf(event, base);
  const lines = ['info', 'date']
    .filter((name) => typeof event[name] === 'string')
    .map((name) => ({
      place: base + step(name),
      value: event[name] ?? '',
      ...(name === 'date' ? { label: name } : {}),
    }));
  for (const { place, says } of said) lead.hint(place, says);
  lead.enter({ into: 'facts', saidBy: [], constants: {}, entries: [], lines }, readMarks(said));
  for (const thing of thingsIn(event['Object'], `${base}/Object`, said)) enterObject(lead, thing);
  enterAttributes(lead, thingsIn(event['Attribute'], `${base}/Attribute`, said), (type) => type);
  for (const thing of thingsIn(event['Galaxy'], `${base}/Galaxy`, said)) enterGalaxy(lead, thing);
  for (const thing of thingsIn(event['EventReport'], `${base}/EventReport`, said))
    lead.enter(linesOf(thing, 'statement', ['name', 'content']), readMarks(said));
}

/** Of galaxies, those that name actors: an organisation each. */
function enterGalaxy(lead: LeadInMaking, { object, base, said }: Thing): void {
  if (!/threat-actor|intrusion-set/.test(String(object['type']))) return;
  for (const cluster of thingsIn(object['GalaxyCluster'], `${base}/GalaxyCluster`, said)) {
    const entries = [entryOf(`${cluster.base}/value`, cluster.object['value'] ?? '', 'designation')];
    const described = linesOf(cluster, 'organisation', ['description', 'source']);
    lead.enter({ ...described, entries }, readMarks(said));
  }
}

function unwrapped({ object, base }: Thing): Pick<Thing, 'object' | 'base'> {
  return isObject(object['Object']) ? { object: object['Object'], base: `${base}/Object` } : { object, base };
}
