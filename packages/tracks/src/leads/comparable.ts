import type { Json, JsonObject } from '@entente/protocol';
import type { SaidIdentity, SaidNumber, SaidSubject } from '../said-subject.ts';
import { listOf, textOf } from './registers.ts';

/** Preventing, detecting and investigating crime is one purpose in law; looking for the missing stands apart. */
export const comparablePurposes: readonly (readonly string[])[] = [
  ['leads/prevention', 'leads/detection', 'leads/investigation', 'leads/protection-of-life'],
  ['leads/missing-person', 'leads/protection-of-life'],
];

const mostSubjects = 500;
const mostNames = 30;
const longest = 600;

/** The subjects of a body that can be compared: those with a name or a number. */
export function subjectsOf(fields: JsonObject): readonly SaidSubject[] {
  return listOf(fields, 'subjects').slice(0, mostSubjects).flatMap(subjectAt);
}

function subjectAt(said: JsonObject, place: number): readonly SaidSubject[] {
  const kind = textOf(said, 'kind') ?? '';
  const identity = identityOf(kind, said);
  const numbers = numbersOf(kind, said);
  const label = identity?.names[0] ?? numbers[0]?.number;
  return label === undefined ? [] : [{ place, kind, label, identity, numbers }];
}

function identityOf(kind: string, said: JsonObject): SaidIdentity | undefined {
  const none = { births: [], birthplaces: [], documents: [], sex: undefined };
  if (kind === 'organisation') {
    const names = texts(said, ['designation']);
    return names.length === 0 ? undefined : { ...none, names };
  }
  if (kind !== 'person') return undefined;
  const names = [...new Set(listOf(said, 'names').slice(0, mostNames).flatMap(fullName))];
  if (names.length === 0) return undefined;
  const sex = textOf(said, 'sex');
  return {
    names,
    births: textsIn(said['births'])
      .filter((birth) => /^\d{4}(?:-\d\d){0,2}$/.test(birth))
      .slice(0, 10),
    birthplaces: texts(said, ['birthPlace']),
    documents: listOf(said, 'documents')
      .slice(0, mostNames)
      .flatMap((document) => {
        const [number] = texts(document, ['number']);
        const [issuer] = texts(document, ['issuedBy']);
        const documentKind = textOf(document, 'documentKind') ?? 'other';
        return number === undefined
          ? []
          : [{ kind: documentKind, number, ...(issuer === undefined ? {} : { issuer }) }];
      }),
    sex: sex === 'female' || sex === 'male' ? sex : undefined,
  };
}

/** Given name before family name, as most scripts of the two sides write it; comparing does not depend on the order. */
function fullName(name: JsonObject): readonly string[] {
  const parts = texts(name, ['given', 'patronymic', 'family']);
  return parts.length === 0 ? [] : [parts.join(' ')];
}

/** Which members of which kind of subject are given once. */
const numbered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  organisation: { registration: 'registration' },
  vehicle: { plate: 'plate', chassis: 'chassis' },
  vessel: { imo: 'imo', mmsi: 'mmsi', callSign: 'call-sign' },
  telephone: { number: 'telephone', imei: 'imei', imsi: 'imsi' },
  account: { number: 'account' },
  document: { number: 'document' },
  firearm: { serial: 'serial' },
  'online-identity': { handle: 'handle', identifier: 'identifier', url: 'url' },
};

function numbersOf(kind: string, said: JsonObject): readonly SaidNumber[] {
  const [country] = texts(said, ['country']);
  const where = country === undefined ? {} : { country };
  const own = Object.entries(numbered[kind] ?? {}).flatMap(([member, of]) =>
    texts(said, [member]).map((number) => ({ kind: of, number, ...where })),
  );
  if (kind !== 'person') return own;
  const documents = listOf(said, 'documents').slice(0, mostNames);
  return documents.flatMap((one) => texts(one, ['number']).map((number) => ({ kind: 'document', number })));
}

function texts(said: JsonObject, members: readonly string[]): readonly string[] {
  return members.map((member) => textOf(said, member)?.slice(0, longest).trim() ?? '').filter((text) => text !== '');
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
