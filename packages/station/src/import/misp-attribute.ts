import type { Candidate } from './candidate.ts';
import type { JsonObject } from '@entente/protocol';
import type { LeadInMaking } from './lead-in-making.ts';
import { readMarks } from './markings.ts';
import { mispAttributeRules } from './misp-attribute-table.ts';
import type { AttributeRule } from './misp-attribute-table.ts';
import { commentOf, isDeleted, tagsOf } from './misp-thing.ts';
import type { Thing } from './misp-thing.ts';
import { entryOf } from './rule.ts';

/** Attributes, each by the rule of its type; those that are gathered make one statement for all of a group. */
export function enterAttributes(lead: LeadInMaking, things: readonly Thing[], groupOf: (type: string) => string): void {
  const current = things.filter(({ object }) => !isDeleted(object));
  const gathered = Map.groupBy(current.filter(isGathered), ({ object }) => groupOf(String(object['type'])));
  for (const group of gathered.values()) enterGathered(lead, group);
  for (const thing of current) enterAttribute(lead, thing);
}

function enterGathered(lead: LeadInMaking, group: readonly Thing[]): void {
  const lines = group.flatMap(({ object, base }) => [
    { place: `${base}/value`, value: object['value'] ?? '', label: String(object['type']) },
    ...commentOf({ object, base }),
  ]);
  const marks = readMarks(group.flatMap(({ object, base, said }) => [...said, ...tagsOf(object, base)]));
  lead.enter({ into: 'statement', saidBy: [], constants: {}, entries: [], lines }, marks);
}

function isGathered({ object }: Thing): boolean {
  return ruleOf(object)?.gathered === true;
}

function ruleOf(object: JsonObject): AttributeRule | undefined {
  const type = String(object['type']);
  return Object.hasOwn(mispAttributeRules, type) ? mispAttributeRules[type] : undefined;
}

function enterAttribute(lead: LeadInMaking, { object, base, said }: Thing): void {
  attachData(lead, object, base);
  const type = String(object['type']);
  const rule = ruleOf(object);
  if (rule === undefined || rule.gathered === true) return;
  const place = `${base}/value`;
  const value = object['value'] ?? '';
  const candidate: Candidate = {
    into: rule.into,
    saidBy: rule.into === 'statement' ? [] : [`${base}/type`],
    constants: rule.constants ?? {},
    entries: rule.value === undefined ? [] : [entryOf(place, value, rule.value)],
    lines: [...(rule.value === undefined ? [{ place, value, label: type }] : []), ...commentOf({ object, base })],
  };
  lead.enter(candidate, readMarks([...said, ...tagsOf(object, base)]));
}

/** The file of an `attachment` or a `malware-sample` (which MISP locks in a zip); base64 that would change stays kept. */
function attachData(lead: LeadInMaking, { data, value, type }: JsonObject, base: string): void {
  if (typeof data !== 'string' || data === '') return;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.toString('base64') !== data) return;
  const name = typeof value === 'string' ? value.split('|')[0] : undefined;
  lead.attach(`${base}/data`, {
    name: name === undefined || name === '' ? `attachment-${lead.attached + 1}` : name,
    mediaType: type === 'malware-sample' ? 'application/zip' : 'application/octet-stream',
    bytes,
  });
}
