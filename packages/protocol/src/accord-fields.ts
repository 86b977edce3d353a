import { languages, officerKeyKinds } from './accord.ts';
import { clockEnds, clockExpiries, clockUnits } from './clock-terms.ts';
import type { Field } from './field.ts';
import { legalBases } from './handling.ts';
import { screeningUses } from './screening-terms.ts';

const name = { kind: 'text', maximum: 64 } as const;
const days = { kind: 'integer', minimum: 1, maximum: 36_500 } as const;
const group = (fields: readonly Field[]): { readonly kind: 'group'; readonly fields: readonly Field[] } => ({
  kind: 'group',
  fields,
});
const required = (fields: readonly Field[]): readonly Field[] => fields.map((field) => ({ ...field, required: true }));

const partyFields = required([
  { name: 'id', ...name },
  { name: 'name', ...group(required(languages.map((name): Field => ({ name, kind: 'text', maximum: 200 })))) },
  {
    name: 'root',
    ...group(
      required([
        { name: 'ed25519', kind: 'base64', minimum: 32, maximum: 32 },
        { name: 'mldsa44', kind: 'base64', minimum: 1312, maximum: 1312 },
      ]),
    ),
  },
  { name: 'keyset', kind: 'sha256' },
  { name: 'spareKeyset', kind: 'sha256' },
  {
    name: 'signing',
    ...group(
      required([
        { name: 'rpId', kind: 'text', maximum: 253 },
        { name: 'origins', kind: 'list', minimum: 1, maximum: 16, of: { kind: 'text', maximum: 300 } },
      ]),
    ),
  },
  { name: 'calendar', ...name },
]);

const trackFields = required([
  { name: 'name', ...name },
  { name: 'version', kind: 'integer', minimum: 1, maximum: 1_000_000 },
  { name: 'vectors', kind: 'sha256' },
  { name: 'retentionDays', ...days },
]);

const probability = { kind: 'number', minimum: 0, maximum: 1 } as const;
const screeningFields = required([
  { name: 'thresholds', ...group(required(screeningUses.map((name): Field => ({ name, ...probability })))) },
  {
    name: 'comparable',
    kind: 'list',
    maximum: 64,
    of: { kind: 'list', minimum: 2, maximum: 64, of: { kind: 'text', maximum: 130 } },
  },
  { name: 'acrossRelations', kind: 'boolean' },
  { name: 'otherRoadDays', kind: 'integer', minimum: 1, maximum: 3660 },
]);

const blindFields: readonly Field[] = [
  { name: 'auditDays', ...days },
  ...required([
    { name: 'purpose', kind: 'text', maximum: 96 },
    {
      name: 'keys',
      kind: 'list',
      minimum: 1,
      maximum: 2,
      of: group(
        required([
          { name: 'party', ...name },
          { name: 'epoch', kind: 'integer', minimum: 1, maximum: 1_000_000 },
          { name: 'key', kind: 'base64', minimum: 32, maximum: 32 },
        ]),
      ),
    },
    { name: 'elements', kind: 'integer', minimum: 1, maximum: 64 },
    { name: 'queriesPerDay', kind: 'integer', minimum: 1, maximum: 1_000_000 },
    { name: 'queriesPerMonth', kind: 'integer', minimum: 1, maximum: 30_000_000 },
    { name: 'setDays', ...days },
  ]),
];

/** The members of an accord but its three dictionaries. */
export const accordFields: readonly Field[] = [
  { name: 'previous', kind: 'sha256' },
  { name: 'screening', ...group(screeningFields) },
  { name: 'blind', kind: 'list', maximum: 16, of: group(blindFields) },
  ...required([
    { name: 'v', kind: 'integer', minimum: 1, maximum: 1 },
    { name: 'relation', ...name },
    { name: 'parties', kind: 'list', minimum: 2, maximum: 2, of: group(partyFields) },
    { name: 'tracks', kind: 'list', minimum: 1, maximum: 64, of: group(trackFields) },
    { name: 'legalBases', kind: 'choices', minimum: 1, of: legalBases },
    {
      name: 'floor',
      kind: 'list',
      maximum: 64,
      of: group(
        required([
          { name: 'type', kind: 'text', maximum: 96 },
          { name: 'marking', ...name },
        ]),
      ),
    },
    {
      name: 'quotas',
      ...group(
        required([
          { name: 'actsPerDay', kind: 'integer', minimum: 1, maximum: 1_000_000_000 },
          { name: 'bytesPerDay', kind: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
          { name: 'openDossiersPerDay', kind: 'integer', minimum: 1, maximum: 1_000_000_000 },
        ]),
      ),
    },
    { name: 'officerKeys', kind: 'choices', minimum: 1, of: officerKeyKinds },
    { name: 'witnesses', kind: 'list', maximum: 16, of: { kind: 'text', maximum: 4096 } },
    { name: 'backupDays', ...days },
    { name: 'carryDays', ...days },
  ]),
];

/** The members of a clock's terms but `calendar`, which is a word or an object. */
export const clockFields: readonly Field[] = [
  { name: 'extendableTo', kind: 'integer', minimum: 1, maximum: 1_000_000 },
  ...required([
    { name: 'limit', kind: 'integer', minimum: 1, maximum: 1_000_000 },
    { name: 'unit', kind: 'choice', of: clockUnits },
    { name: 'endsOn', kind: 'choice', of: clockEnds },
    { name: 'onExpiry', kind: 'choice', of: clockExpiries },
    { name: 'source', kind: 'text', maximum: 500 },
    { name: 'verified', kind: 'boolean' },
  ]),
];

const yearFields = required([
  { name: 'year', kind: 'integer', minimum: 1970, maximum: 9999 },
  {
    name: 'offsets',
    kind: 'list',
    minimum: 1,
    maximum: 32,
    of: group(
      required([
        { name: 'from', kind: 'instant' },
        { name: 'minutes', kind: 'integer', minimum: -900, maximum: 900 },
      ]),
    ),
  },
  {
    name: 'holidays',
    kind: 'list',
    maximum: 366,
    of: group(
      required([
        { name: 'date', kind: 'day' },
        { name: 'name', kind: 'text', maximum: 200 },
      ]),
    ),
  },
]);

export const calendarFields: readonly Field[] = required([
  { name: 'zone', ...name },
  // A week without a working day would never let a limit end.
  { name: 'weekend', kind: 'list', maximum: 6, of: { kind: 'integer', minimum: 1, maximum: 7 } },
  {
    name: 'hours',
    ...group(
      required([
        { name: 'from', kind: 'text', maximum: 5 },
        { name: 'to', kind: 'text', maximum: 5 },
      ]),
    ),
  },
  { name: 'years', kind: 'list', minimum: 1, maximum: 50, of: group(yearFields) },
  { name: 'verified', kind: 'boolean' },
]);
