import { readFields } from '@entente/protocol';
import type { FieldKind, Json } from '@entente/protocol';

/** A value in the spelling of a field, or why the field cannot hold it as it is. */
export type Converted = { readonly value: Json } | { readonly why: string };

/**
 * Spells a foreign value as a field wants it, losing nothing: a date keeps its precision, a number its digits. What
 * would lose something, and what people could not see or a spreadsheet would run, is refused.
 * @param choices the source's words for the field's choices, in lower case
 */
export function convert(field: FieldKind, value: Json, choices: Readonly<Record<string, string>> = {}): Converted {
  const spelled = typeof value === 'string' ? spell(field, value, choices) : value;
  if (field.kind === 'text' && typeof spelled === 'number') return convert(field, String(spelled));
  if (field.kind === 'text' && typeof spelled === 'string' && isFormula(spelled))
    return { why: 'a spreadsheet would read it as a formula' };
  const [fault] = readFields([{ ...field, name: 'value' }], { value: spelled }, '$');
  return fault === undefined ? { value: spelled } : { why: `${fault.code}: ${fault.what}` };
}

/** `+212…` is a telephone number and `@name` a handle; `=`, and signs before anything but a number, are formulas. */
export function isFormula(text: string): boolean {
  return /^[\t\r]*(?:=|[+-](?![\d\s().-]*$)|@[A-Z]+\()/.test(text);
}

function spell(field: FieldKind, text: string, choices: Readonly<Record<string, string>>): Json {
  switch (field.kind) {
    case 'choice':
      return field.of.includes(text) ? text : (choices[text.trim().toLowerCase()] ?? text);
    case 'number':
    case 'integer':
      return /^-?(?:0|[1-9]\d*)(?:\.\d{1,9})?$/.test(text) ? Number(text) : text;
    case 'instant':
      return spellInstant(text);
    case 'date':
      return spellDate(text);
    case 'text':
      return text.trim();
    default:
      return text;
  }
}

/** `2020-10-25T16:22:00+00:00` → `2020-10-25T16:22:00.000Z`; digits below the millisecond would be lost, so they stay. */
function spellInstant(text: string): string {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,3})0*)?(?:Z|\+00:00)$/.exec(text);
  return found === null ? text : `${found[1]}T${found[2]}.${(found[3] ?? '').padEnd(3, '0')}Z`;
}

/** Of spellings in figures, only those that can be read one way: `12/03/1984` is the twelfth of March, or of December. */
function spellDate(text: string): string {
  const day = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text.trim());
  if (day === null) return text.trim().replaceAll('/', '-');
  const [, first = '', second = '', year = ''] = day;
  if (Number(first) <= 12 && first !== second) return text;
  return `${year}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`;
}
