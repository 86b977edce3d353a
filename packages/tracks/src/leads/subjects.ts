import { handlingCodes, informationGrades, sourceGrades } from '@entente/protocol';
import type { Field } from '@entente/protocol';
import {
  accountKinds,
  documentConditions,
  documentKinds,
  firearmKinds,
  goods,
  measures,
  nameKinds,
  personCategories,
  scripts,
  sexes,
  standings,
  vehicleKinds,
} from './choices.ts';

const text = (name: string, maximum = 200): Field => ({ name, kind: 'text', maximum });
const country: Field = text('country', 3);

/** What every item carries: fact or assessment, the 4×4 evaluation, its own handling codes (the head carries the strictest). */
export const qualification: readonly Field[] = [
  { name: 'standing', kind: 'choice', of: standings, required: true },
  { name: 'source', kind: 'choice', of: sourceGrades, required: true },
  { name: 'information', kind: 'choice', of: informationGrades, required: true },
  { name: 'codes', kind: 'choices', of: handlingCodes, minimum: 1, required: true },
];

/** Names as written in one script; another script is another entry, marked as a transliteration where it is one. */
const personName: readonly Field[] = [
  text('family'),
  text('given'),
  text('patronymic'),
  { name: 'script', kind: 'choice', of: scripts, required: true },
  { name: 'nameKind', kind: 'choice', of: nameKinds, required: true },
];

const identityDocument: readonly Field[] = [
  { name: 'documentKind', kind: 'choice', of: documentKinds, required: true },
  text('number', 60),
  text('issuedBy'),
  { name: 'issuedOn', kind: 'date' },
  { name: 'expiresOn', kind: 'date' },
  { name: 'condition', kind: 'choice', of: documentConditions },
];

/** A place with its radius in metres and, where known, the time window that makes it matter. */
export const place: readonly Field[] = [
  text('placeName'),
  text('address', 400),
  country,
  { name: 'latitude', kind: 'number', minimum: -90, maximum: 90 },
  { name: 'longitude', kind: 'number', minimum: -180, maximum: 180 },
  { name: 'radius', kind: 'integer', minimum: 0, maximum: 1_000_000 },
  { name: 'windowFrom', kind: 'instant' },
  { name: 'windowUntil', kind: 'instant' },
];

const person: readonly Field[] = [
  { name: 'category', kind: 'choice', of: personCategories, required: true },
  { name: 'names', kind: 'list', maximum: 30, of: { kind: 'group', fields: personName } },
  { name: 'births', kind: 'list', maximum: 10, of: { kind: 'date' } },
  text('birthPlace'),
  text('father'),
  text('mother'),
  { name: 'nationalities', kind: 'list', maximum: 5, of: { kind: 'text', maximum: 3 } },
  { name: 'sex', kind: 'choice', of: sexes },
  { name: 'documents', kind: 'list', maximum: 30, of: { kind: 'group', fields: identityDocument } },
  text('address', 400),
];

const organisation: readonly Field[] = [
  { ...text('designation'), required: true },
  text('registration', 60),
  text('activity'),
  text('address', 400),
  country,
];
const vehicle: readonly Field[] = [
  { name: 'vehicleKind', kind: 'choice', of: vehicleKinds },
  text('plate', 30),
  text('chassis', 40),
  text('make', 80),
  text('model', 80),
  text('colour', 40),
  country,
];
const vessel: readonly Field[] = [
  text('designation'),
  text('imo', 12),
  text('mmsi', 12),
  text('callSign', 20),
  text('make', 80),
  country,
];
const telephone: readonly Field[] = [
  text('number', 60),
  text('imei', 20),
  text('imsi', 20),
  text('operator', 80),
  country,
];
const account: readonly Field[] = [
  { name: 'accountKind', kind: 'choice', of: accountKinds },
  { ...text('number', 120), required: true },
  text('bank'),
  text('holder'),
  country,
];
const firearm: readonly Field[] = [
  { name: 'firearmKind', kind: 'choice', of: firearmKinds },
  text('make', 80),
  text('model', 80),
  text('calibre', 40),
  text('serial', 60),
];
const seizure: readonly Field[] = [
  { name: 'goods', kind: 'choice', of: goods, required: true },
  text('substance'),
  { name: 'quantity', kind: 'number', minimum: 0, maximum: 1e12 },
  { name: 'measure', kind: 'choice', of: measures },
  { name: 'seizedOn', kind: 'date' },
  text('placeName'),
];
const onlineIdentity: readonly Field[] = [
  text('platform', 80),
  text('handle', 400),
  text('identifier', 400),
  text('url', 2000),
];

const shapes: Readonly<Record<string, readonly Field[]>> = {
  person,
  organisation,
  vehicle,
  vessel,
  telephone,
  account,
  document: identityDocument,
  firearm,
  seizure,
  'online-identity': onlineIdentity,
  place,
};

/** Whom and what an act is about; each told apart by `kind`, each qualified, each with room for what no field says. */
export const subjects: Field = {
  name: 'subjects',
  kind: 'list',
  maximum: 500,
  of: { kind: 'variant', of: Object.fromEntries(Object.entries(shapes).map(withQualification)) },
};

function withQualification([kind, fields]: readonly [string, readonly Field[]]): [string, readonly Field[]] {
  return [kind, [...fields, ...qualification, { name: 'remark', kind: 'free-text', maximum: 4000 }]];
}
