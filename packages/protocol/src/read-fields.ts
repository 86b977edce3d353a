import type { Json, JsonObject } from './json.ts';
import { isDay, isPartialDate } from './day.ts';
import type { Field, FieldKind } from './field.ts';
import { isActId, isDossierId, isSha256Hex, readInstant } from './identifiers.ts';
import { Refusal } from './refusal.ts';
import type { FieldFault } from './refusal.ts';
import { firstInvisible } from './visible-text.ts';

/**
 * Compares a value with its declared fields and returns every fault at once, each with its place; empty where it holds.
 * Strict: a member that is not declared is a fault.
 * @param where the place of `value`, e.g. `$.inputs`
 */
export function readFields(fields: readonly Field[], value: JsonObject, where: string): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  readMembers(fields, value, where, faults);
  return faults;
}

/** Refuses a value that does not hold, with all its faults. @throws Refusal with the code of the first fault */
export function checkFields(fields: readonly Field[], value: JsonObject, where: string): void {
  const faults = readFields(fields, value, where);
  const first = faults[0];
  if (first !== undefined) throw new Refusal(first.code, { where: first.where, what: first.what, faults });
}

/** The members of `free-text`: what was said, in which language, and at most one attributed translation. */
export const freeTextFields = (maximum: number): readonly Field[] => [
  { name: 'language', kind: 'language', required: true },
  { name: 'text', kind: 'text', maximum, multiline: true, required: true },
  {
    name: 'translation',
    kind: 'group',
    fields: [
      { name: 'language', kind: 'language', required: true },
      { name: 'text', kind: 'text', maximum, multiline: true, required: true },
      { name: 'by', kind: 'text', maximum: 128, required: true },
      { name: 'at', kind: 'instant', required: true },
    ],
  },
];

function readMembers(fields: readonly Field[], value: JsonObject, where: string, faults: FieldFault[]): void {
  let known = 0;
  for (const field of fields) {
    const member = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    if (member !== undefined) {
      known++;
      readKind(field, member, `${where}.${field.name}`, faults);
    } else if (field.required) {
      faults.push({ code: 'field-missing', where: `${where}.${field.name}`, what: field.kind });
    }
  }
  if (Object.keys(value).length === known) return;
  for (const name of Object.keys(value)) {
    if (value[name] === undefined || fields.some((field) => field.name === name)) continue;
    // A name from outside may be personal data: shown only where it looks like a name of ours.
    const shown = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name) ? name : '*';
    faults.push({ code: 'field-unknown', where: `${where}.${shown}`, what: 'not declared' });
  }
}

function readKind(kind: FieldKind, value: Json, where: string, faults: FieldFault[]): void {
  switch (kind.kind) {
    case 'text':
      return readText(kind, value, where, faults);
    case 'free-text':
      return readGroup(freeTextFields(kind.maximum), value, where, faults);
    case 'group':
      return readGroup(kind.fields, value, where, faults);
    case 'list':
      return readList(kind, value, where, faults);
    case 'choices':
      return readChoices(kind, value, where, faults);
    case 'variant':
      return readVariant(kind.of, value, where, faults);
    case 'base64':
      return need(isBase64(value, kind.minimum ?? 0, kind.maximum), `${bounds(kind)} bytes in base64`, where, faults);
    case 'choice':
      return need(typeof value === 'string' && kind.of.includes(value), `one of ${kind.of.join(', ')}`, where, faults);
    case 'integer':
      return need(
        isNumber(kind, value) && Number.isSafeInteger(value),
        `a whole number, ${bounds(kind)}`,
        where,
        faults,
      );
    case 'number':
      return need(isNumber(kind, value), `a number, ${bounds(kind)}`, where, faults);
    case 'boolean':
      return need(typeof value === 'boolean', 'true or false', where, faults);
    case 'instant':
      return need(readInstant(value) !== undefined, 'an instant, 2026-11-23T11:27:41.123Z', where, faults);
    case 'date':
      return need(isPartialDate(value), 'a date, 1984 or 1984-03 or 1984-03-12', where, faults);
    case 'day':
      return need(isDay(value), 'a day, 2026-11-23', where, faults);
    case 'language':
      return need(typeof value === 'string' && /^[a-z]{2,3}$/.test(value), 'a language, fr', where, faults);
    case 'act':
      return need(isActId(value), 'the id of an act', where, faults);
    case 'dossier':
      return need(isDossierId(value), 'the id of a dossier', where, faults);
    case 'sha256':
      return need(isSha256Hex(value), 'a SHA-256 in hexadecimal', where, faults);
    default:
      return kind satisfies never;
  }
}

function readText(kind: FieldKind & { kind: 'text' }, value: Json, where: string, faults: FieldFault[]): void {
  if (typeof value !== 'string' || value.length === 0)
    return fault('field-malformed', 'text, not empty', where, faults);
  if (value.length > kind.maximum) return fault('too-large', `at most ${kind.maximum} characters`, where, faults);
  const invisible = firstInvisible(value, kind.multiline);
  if (invisible !== undefined) fault('text-invisible-characters', invisible, where, faults);
}

function readGroup(fields: readonly Field[], value: Json, where: string, faults: FieldFault[]): void {
  if (!isObject(value)) return fault('field-malformed', 'a group of fields', where, faults);
  readMembers(fields, value, where, faults);
}

function readList(kind: FieldKind & { kind: 'list' }, value: Json, where: string, faults: FieldFault[]): void {
  if (!Array.isArray(value)) return fault('field-malformed', 'a list', where, faults);
  const list = value as readonly Json[];
  if (list.length > kind.maximum) return fault('too-large', `at most ${kind.maximum}`, where, faults);
  if (list.length < (kind.minimum ?? 0)) fault('field-malformed', `at least ${kind.minimum}`, where, faults);
  list.forEach((member, i) => readKind(kind.of, member, `${where}[${i}]`, faults));
}

function readChoices(kind: FieldKind & { kind: 'choices' }, value: Json, where: string, faults: FieldFault[]): void {
  if (!Array.isArray(value)) return fault('field-malformed', 'a list of choices', where, faults);
  const list = value as readonly Json[];
  const holds =
    list.length >= (kind.minimum ?? 0) &&
    new Set(list).size === list.length &&
    list.every((member) => typeof member === 'string' && kind.of.includes(member));
  need(holds, `${kind.minimum ?? 0} or more of ${kind.of.join(', ')}, none twice`, where, faults);
}

function readVariant(
  of: Readonly<Record<string, readonly Field[]>>,
  value: Json,
  where: string,
  faults: FieldFault[],
): void {
  if (!isObject(value)) return fault('field-malformed', 'a group of fields', where, faults);
  const { kind, ...rest } = value;
  const fields = typeof kind === 'string' && Object.hasOwn(of, kind) ? of[kind] : undefined;
  if (fields === undefined)
    return fault('field-malformed', `one of ${Object.keys(of).join(', ')}`, `${where}.kind`, faults);
  readMembers(fields, rest, where, faults);
}

function isNumber(kind: { readonly minimum: number; readonly maximum: number }, value: Json): boolean {
  return typeof value === 'number' && value >= kind.minimum && value <= kind.maximum;
}

function isBase64(value: Json, minimum: number, maximum: number): boolean {
  // The platform's strict mode still skips white space: the grammar and the length say it first.
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return false;
  const length = (value.length / 4) * 3 - (value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0);
  if (length < minimum || length > maximum) return false;
  const lastDigit = value.replace(/=+$/, '').slice(-1);
  // Bits that carry nothing must be zero, or one byte string would have several spellings.
  return value.endsWith('==')
    ? 'AQgw'.includes(lastDigit)
    : !value.endsWith('=') || 'AEIMQUYcgkosw048'.includes(lastDigit);
}

function bounds(kind: { readonly minimum?: number; readonly maximum: number }): string {
  return `${kind.minimum ?? 0} to ${kind.maximum}`;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function need(holds: boolean, what: string, where: string, faults: FieldFault[]): void {
  if (!holds) fault('field-malformed', what, where, faults);
}

function fault(code: FieldFault['code'], what: string, where: string, faults: FieldFault[]): void {
  faults.push({ code, where, what });
}
