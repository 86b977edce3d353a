import type { Accord } from './accord.ts';
import { accordFaults } from './accord-faults.ts';
import { accordFields, calendarFields, clockFields } from './accord-fields.ts';
import { canonicalJson, readCanonicalJson } from './canonical-json.ts';
import type { Json, JsonObject } from './json.ts';
import { readFields } from './read-fields.ts';
import { Refusal } from './refusal.ts';
import type { FieldFault } from './refusal.ts';
import { readUtf8, writeUtf8 } from './utf8.ts';
import { checkVisibleJson } from './visible-json.ts';

export const maximumAccordBytes = 1_048_576;
const maximumEntries = 128;

/**
 * Reads an accord: canonical JSON, at most 1 MiB, exactly the members of `Accord`, agreeing with itself: two parties,
 * names and keys each used once, every calendar, track and rule it names its own, calendars without hole or overlap.
 * Signatures are not looked at here. The result is frozen.
 *
 *     {"backupDays":30,"calendars":{"fr":{…}},"carryDays":14,"clocks":{"urgent-direct":{…}},"floor":[…],…,"v":1}
 *
 * @throws Refusal `accord-malformed` with all faults of its shape, or, where the shape holds, all contradictions;
 * `too-large`, `json-…`, `text-invisible-characters`
 */
export function readAccord(bytes: Uint8Array): Accord {
  if (bytes.length > maximumAccordBytes) throw tooLarge(bytes.length);
  const text = readUtf8(bytes);
  return checkAccord(readCanonicalJson(text), text);
}

/** Writes the bytes that both roots sign. @throws Refusal as `readAccord` does */
export function writeAccord(accord: Accord): Uint8Array {
  const value = accord as unknown as JsonObject;
  const text = canonicalJson(value);
  const bytes = writeUtf8(text);
  if (bytes.length > maximumAccordBytes) throw tooLarge(bytes.length);
  checkAccord(readCanonicalJson(text), text);
  return bytes;
}

function checkAccord(value: Json, text: string): Accord {
  checkVisibleJson(value, text);
  refuse(shapeFaults(value));
  const accord = value as unknown as Accord;
  refuse(accordFaults(accord));
  return freeze(accord);
}

function refuse(faults: readonly FieldFault[]): void {
  const [first] = faults;
  if (first !== undefined) throw new Refusal('accord-malformed', { where: first.where, what: first.what, faults });
}

function shapeFaults(value: Json): readonly FieldFault[] {
  if (!isObject(value)) return [malformed('$', 'an object')];
  const { clocks, calendars, rules, ...rest } = value;
  return [
    ...readFields(accordFields, rest, '$'),
    ...readEntries(clocks, '$.clocks', clockFaults),
    ...readEntries(calendars, '$.calendars', (calendar, where) => readFields(calendarFields, calendar, where)),
    ...(isObject(rules) ? [] : [malformed('$.rules', 'an object')]),
  ];
}

function readEntries(
  value: Json | undefined,
  where: string,
  faultsOf: (entry: JsonObject, where: string) => readonly FieldFault[],
): readonly FieldFault[] {
  if (!isObject(value)) return [malformed(where, 'an object')];
  const entries = Object.entries(value);
  if (entries.length > maximumEntries) return [malformed(where, `at most ${maximumEntries}`)];
  return entries.flatMap(([name, entry]) => {
    // The name may be anything: shown only where it is one.
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) return [malformed(where, 'names of lowercase letters, digits, hyphens')];
    const place = `${where}.${name}`;
    return isObject(entry) ? faultsOf(entry, place) : [malformed(place, 'an object')];
  });
}

function clockFaults(entry: JsonObject, where: string): readonly FieldFault[] {
  const { calendar, ...rest } = entry;
  const holds =
    calendar === 'receiver' ||
    calendar === 'author' ||
    (isObject(calendar) && Object.keys(calendar).length === 1 && typeof calendar['name'] === 'string');
  const faults = readFields(clockFields, rest, where);
  return holds ? faults : [...faults, malformed(`${where}.calendar`, 'receiver, author, or the name of a calendar')];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(where: string, what: string): FieldFault {
  return { code: 'field-malformed', where, what };
}

function tooLarge(length: number): Refusal {
  return new Refusal('too-large', { where: '$', what: `${length} bytes, at most ${maximumAccordBytes}` });
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
