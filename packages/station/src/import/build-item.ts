import assert from 'node:assert/strict';
import { readFields } from '@entente/protocol';
import type { FieldKind, Json, JsonObject } from '@entente/protocol';
import type { Candidate, Entry, Marks } from './candidate.ts';
import { convert } from './convert.ts';
import { joinLines } from './free-text.ts';
import { fieldAt, fieldsOf } from './lead-fields.ts';
import { scriptOf } from './script-of.ts';

/** An item as its fields hold it, where each property went (paths within the item), and what was refused. */
export interface BuiltItem {
  readonly item: JsonObject;
  readonly taken: ReadonlyMap<string, readonly string[]>;
  readonly refused: readonly { readonly place: string; readonly why: string }[];
}

type Members = { [name: string]: Json | Members | (Json | Members)[] };

interface InMaking {
  readonly members: Members;
  /** Which entry of a list a rule means by a name of its own, `documents/passport`. */
  readonly slots: Map<string, number>;
}

/** Builds a subject or a statement; undefined where nothing of it can stand, with the reason for each property. */
export function buildItem(candidate: Candidate, marks: Marks): BuiltItem | readonly Refused[] {
  const fields = fieldsOf(candidate.into);
  let draft: InMaking = { members: { ...candidate.constants }, slots: new Map() };
  const taken = new Map<string, string[]>();
  const refused: Refused[] = [];

  for (const entries of Map.groupBy(candidate.entries, ({ place }) => place).values()) {
    // A property goes in whole or not at all.
    const before = structuredClone(draft);
    const fault = entries.map((entry) => setEntry(draft, entry, fieldAt(fields, entry.path), taken)).find(Boolean);
    if (fault === undefined) continue;
    draft = before;
    taken.delete(fault.place);
    refused.push(fault);
  }

  const { members } = draft;
  const textName = candidate.into === 'statement' ? 'statement' : 'remark';
  const textField = fieldAt(fields, textName);
  assert.ok(textField.kind === 'free-text');
  const gone = new Set(refused.map(({ place }) => place));
  const made = joinLines(
    textField,
    candidate.lines.filter(({ place }) => !gone.has(place)),
  );
  const half = made.refused.find(({ place }) => taken.has(place));
  if (half !== undefined) return withRefused(buildItem(withoutPlace(candidate, half.place), marks), half);
  refused.push(...made.refused);
  if (made.text !== '') members[textName] = { language: candidate.language?.value ?? 'und', text: made.text };
  for (const place of made.places) taken.set(place, [...(taken.get(place) ?? []), `/${textName}/text`]);
  if (made.text !== '' && candidate.language !== undefined)
    taken.set(candidate.language.place, [`/${textName}/language`]);
  if (taken.size === 0) return [...refused, ...without(candidate, taken, refused)];

  for (const place of candidate.saidBy) taken.set(place, ['/kind']);
  nameScripts(members);
  const item = {
    ...members,
    standing: 'assessment',
    source: marks.source,
    information: marks.information,
    codes: marks.codes,
  } as JsonObject;
  const [fault] = readFields(fields, item, '$');
  if (fault !== undefined) {
    const why = `${fault.code} at ${fault.where} of a ${candidate.into}`;
    return [...refused, ...[...taken.keys()].map((place) => ({ place, why }))];
  }
  return { item: candidate.into === 'statement' ? item : { kind: candidate.into, ...item }, taken, refused };
}

export interface Refused {
  readonly place: string;
  readonly why: string;
}

function without(candidate: Candidate, taken: ReadonlyMap<string, unknown>, refused: readonly Refused[]): Refused[] {
  const known = new Set([...taken.keys(), ...refused.map(({ place }) => place)]);
  return candidate.saidBy.filter((place) => !known.has(place)).map((place) => ({ place, why: 'nothing to say of it' }));
}

/** A property that fits its field and not its line goes in nowhere. */
function withoutPlace(candidate: Candidate, gone: string): Candidate {
  const entries = candidate.entries.filter(({ place }) => place !== gone);
  return { ...candidate, entries, lines: candidate.lines.filter(({ place }) => place !== gone) };
}

function withRefused(built: BuiltItem | readonly Refused[], refused: Refused): BuiltItem | readonly Refused[] {
  return 'item' in built ? { ...built, refused: [...built.refused, refused] } : [...built, refused];
}

/** Puts one entry where its path says; returns why not. */
function setEntry(
  { members, slots }: InMaking,
  entry: Entry,
  field: FieldKind,
  taken: Map<string, string[]>,
): Refused | undefined {
  const converted = convert(field, entry.value, entry.choices);
  if ('why' in converted) return { place: entry.place, why: converted.why };
  const [name = '', slot, member] = entry.path.split('/');
  let pointer = `/${name}`;
  if (slot === undefined) {
    // Two properties may say one thing together, as a latitude and its hemisphere do.
    if (Object.hasOwn(members, name) && members[name] !== converted.value)
      return { place: entry.place, why: `${name} is taken by another value` };
    members[name] = converted.value;
  } else {
    const list = (members[name] ??= []) as (Json | Members)[];
    const at = slots.get(`${name}/${slot}`) ?? list.length;
    if (slot !== '-') slots.set(`${name}/${slot}`, at);
    pointer += `/${at}`;
    if (member === undefined) list[at] = converted.value;
    else {
      const group = (list[at] ??= {}) as Members;
      if (Object.hasOwn(group, member)) return { place: entry.place, why: `${member} is taken by another value` };
      Object.assign(group, { [member]: converted.value }, entry.with);
      pointer += `/${member}`;
    }
  }
  const known = taken.get(entry.place);
  if (known === undefined) taken.set(entry.place, [pointer]);
  else known.push(pointer);
  return undefined;
}

/** Each name says its script; what the source does not call an alias is a civil name. */
function nameScripts(members: Members): void {
  const names = members['names'];
  if (!Array.isArray(names)) return;
  for (const name of names as Members[])
    Object.assign(name, {
      nameKind: name['nameKind'] ?? 'civil',
      script: scriptOf(['family', 'given', 'patronymic'].map((part) => String(name[part] ?? '')).join('')),
    });
}
