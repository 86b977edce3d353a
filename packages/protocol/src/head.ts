import { canonicalJson, readCanonicalJson } from './canonical-json.ts';
import type { Json, JsonObject } from './json.ts';
import { handlingCodes, informationGrades, legalBases, sourceGrades } from './handling.ts';
import { isActId, isDossierId, isPartyId, isRelationId, isSha256Hex, readInstant } from './identifiers.ts';
import { checkVisibleJson } from './visible-json.ts';
import { isDay } from './day.ts';
import { Refusal } from './refusal.ts';
import { readUtf8, writeUtf8 } from './utf8.ts';
import type { Head } from './act.ts';

export const maximumHeadBytes = 16_384;
export const maximumBasis = 64;
const maximumGates = 32;

/** Each member of a head with its rule; a member that is not listed is refused. */
const required: Readonly<Record<string, (value: Json) => boolean>> = {
  v: (value) => value === 1,
  type: (value) => typeof value === 'string' && /^[a-z][a-z0-9-]{0,30}\/[a-z][a-z0-9-]{0,62}$/.test(value),
  trackVersion: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000,
  from: isPartyId,
  to: isPartyId,
  relation: isRelationId,
  accord: isSha256Hex,
  dossier: isDossierId,
  basis: (value) => isListOf(value, maximumBasis, isActId) && isWithoutRepeats(value),
  handling: isHandling,
  inputs: isObject,
  gates: (value) => isListOf(value, maximumGates, isGatePassed) && isWithoutRepeats(value.map(gateName)),
  author: isAuthor,
};
const optional: Readonly<Record<string, (value: Json) => boolean>> = {
  leaves: isActId,
  notAfter: (value) => readInstant(value) !== undefined,
  legalBasis: (value) => isOneOf(legalBases, value),
  floor: (value) => value === true,
  body: isSha256Hex,
};
const requiredRules = Object.entries(required);
const optionalRules = Object.entries(optional);

/**
 * Reads the head of an act: canonical JSON, at most 16 KiB, exactly the members of `Head`, one spelling each.
 *
 *     {"accord":"9f86…","author":{"function":"duty-officer","pseudonym":"o-7f3a"},"basis":[],"body":"2c26…",
 *      "dossier":"00112233445566778899aabbccddeeff","from":"fr","gates":[],"handling":{"codes":["H0"]},"inputs":{},
 *      "legalBasis":"SAFE-37b","relation":"fr-ma","to":"ma","trackVersion":1,"type":"leads/request","v":1}
 *
 * @throws Refusal `too-large`, `json-…`, `text-invisible-characters`, `field-missing`, `field-unknown`, `field-malformed`
 */
export function readHead(bytes: Uint8Array): Head {
  if (bytes.length > maximumHeadBytes) throw tooLarge(bytes.length);
  const text = readUtf8(bytes);
  const head = readCanonicalJson(text);
  checkVisibleJson(head, text);
  checkMembers(head);
  return head as unknown as Head;
}

/** Writes the bytes that are signed and kept for ever. @throws Refusal as `readHead` does */
export function writeHead(head: Head): Uint8Array {
  const value = head as unknown as JsonObject;
  const text = canonicalJson(value);
  checkVisibleJson(value, text);
  checkMembers(value);
  const bytes = writeUtf8(text);
  if (bytes.length > maximumHeadBytes) throw tooLarge(bytes.length);
  return bytes;
}

function checkMembers(head: Json): void {
  if (!isObject(head)) throw malformed('$', 'an object');
  for (const [name, holds] of requiredRules) {
    const value = head[name];
    if (value === undefined) throw new Refusal('field-missing', { where: `$.${name}` });
    if (!holds(value)) throw malformed(`$.${name}`);
  }
  let known = requiredRules.length;
  for (const [name, holds] of optionalRules) {
    const value = head[name];
    if (value === undefined) continue;
    if (!holds(value)) throw malformed(`$.${name}`);
    known++;
  }
  if (countMembers(head) !== known) throw unknownMember(head);
  if (head['from'] === head['to']) throw malformed('$.to', 'another party than the author');
}

function isHandling(value: Json): boolean {
  if (!isObject(value) || !hasOnly(value, ['codes', 'evaluation', 'until'])) return false;
  const { codes, evaluation, until } = value;
  return (
    codes !== undefined &&
    isListOf(codes, handlingCodes.length, (code) => isOneOf(handlingCodes, code)) &&
    // Codes add up and have no order of their own: sorted, so that one handling has one spelling.
    codes.every((code, i) => i === 0 || String(codes[i - 1]) < String(code)) &&
    (evaluation === undefined || isEvaluation(evaluation)) &&
    (until === undefined || isDay(until))
  );
}

function isEvaluation(value: Json): boolean {
  return (
    typeof value === 'string' &&
    value.length === 2 &&
    isOneOf(sourceGrades, value.charAt(0)) &&
    isOneOf(informationGrades, value.charAt(1))
  );
}

function isGatePassed(value: Json): boolean {
  return (
    isObject(value) &&
    countMembers(value) === 3 &&
    typeof value['gate'] === 'string' &&
    /^[a-z][a-z0-9-]{0,62}$/.test(value['gate']) &&
    (value['result'] === 'passed' || value['result'] === 'waived-by-floor') &&
    isSha256Hex(value['reasoning'])
  );
}

function gateName(value: Json): Json {
  return isObject(value) ? (value['gate'] ?? null) : null;
}

function isAuthor(value: Json): boolean {
  return (
    isObject(value) && countMembers(value) === 2 && isShortText(value['function']) && isShortText(value['pseudonym'])
  );
}

function isShortText(value: Json | undefined): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= 64;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: Json, maximum: number, holds: (member: Json) => boolean): value is readonly Json[] {
  return Array.isArray(value) && value.length <= maximum && value.every(holds);
}

function isWithoutRepeats(values: readonly Json[]): boolean {
  return values.length < 2 || new Set(values).size === values.length;
}

function isOneOf(table: readonly string[], value: Json): boolean {
  return typeof value === 'string' && table.includes(value);
}

function hasOnly(object: JsonObject, names: readonly string[]): boolean {
  for (const name in object) if (!names.includes(name)) return false;
  return true;
}

function countMembers(object: JsonObject): number {
  let count = 0;
  for (const _ in object) count++;
  return count;
}

function unknownMember(head: JsonObject): Refusal {
  const name = Object.keys(head).find((key) => !(key in required) && !(key in optional)) ?? '';
  return new Refusal('field-unknown', { where: `$.${/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name) ? name : '*'}` });
}

function malformed(where: string, what?: string): Refusal {
  return new Refusal('field-malformed', { where, ...(what === undefined ? {} : { what }) });
}

function tooLarge(length: number): Refusal {
  return new Refusal('too-large', { where: '$', what: `${length} bytes, at most ${maximumHeadBytes}` });
}
