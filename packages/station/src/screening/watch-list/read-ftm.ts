// {"id":"NK-2","schema":"Person","properties":{"name":["محمد بن علي"],"birthDate":["1984-03"],"passportNumber":["AB123456"]}}
import type { Json, JsonObject } from '@entente/protocol';
import type { SaidNumber, SaidSubject } from '@entente/tracks';
import { linesOf } from './lines.ts';
import { readBirth } from './read-birth.ts';
import { refusedRow, rowLimits, type RowRead } from './row-read.ts';

/** Reads FollowTheMoney entities, a line each (www.followthemoney.tech). Statements on what joins them are not compared. */
export async function* readFtm(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowRead> {
  for await (const { line, text } of linesOf(bytes)) {
    if (text === undefined) yield refusedRow(line, 'row-too-long', `more than ${rowLimits.bytes} characters`);
    else if (text.trim() !== '') yield readEntity(line, text);
  }
}

/** What a schema is compared as; numbers by the property that holds them. */
interface Compared {
  readonly kind: string;
  readonly numbers: Readonly<Record<string, string>>;
}

const legal = { registrationNumber: 'registration', phone: 'telephone', email: 'handle', website: 'url' };
const organisation: Compared = { kind: 'organisation', numbers: { ...legal, imoNumber: 'registration' } };
const vehicle: Compared = { kind: 'vehicle', numbers: { registrationNumber: 'plate' } };
const schemata: Readonly<Record<string, Compared>> = {
  Person: {
    kind: 'person',
    numbers: {
      passportNumber: 'document',
      idNumber: 'document',
      socialSecurityNumber: 'document',
      phone: 'telephone',
      email: 'handle',
      website: 'url',
    },
  },
  LegalEntity: organisation,
  Organization: organisation,
  Company: organisation,
  PublicBody: organisation,
  Vehicle: vehicle,
  Airplane: {
    kind: 'vehicle',
    numbers: { registrationNumber: 'plate', serialNumber: 'serial', icaoCode: 'registration' },
  },
  Vessel: { kind: 'vessel', numbers: { imoNumber: 'imo', mmsi: 'mmsi', callSign: 'call-sign' } },
  BankAccount: { kind: 'account', numbers: { accountNumber: 'account', iban: 'account' } },
  CryptoWallet: { kind: 'account', numbers: { publicKey: 'account' } },
  UserAccount: { kind: 'online-identity', numbers: { username: 'handle', email: 'handle', number: 'telephone' } },
  Passport: { kind: 'document', numbers: { passportNumber: 'document', number: 'document' } },
  Identification: { kind: 'document', numbers: { number: 'document' } },
};

const nameProperties = ['name', 'alias', 'previousName', 'weakAlias'];
const kept = [
  'topics',
  'program',
  'country',
  'nationality',
  'citizenship',
  'position',
  'notes',
  'sourceUrl',
  'holder',
  'owner',
];

function readEntity(line: number, text: string): RowRead {
  const entity = parse(text);
  if (entity === undefined) return refusedRow(line, 'row-malformed', 'a JSON object');
  const { id, schema, properties } = entity;
  if (typeof id !== 'string' || id === '') return refusedRow(line, 'id-missing', 'id');
  if (typeof schema !== 'string' || !isObject(properties))
    return refusedRow(line, 'row-malformed', 'schema, properties');
  const compared = Object.hasOwn(schemata, schema) ? schemata[schema] : undefined;
  if (compared === undefined) return refusedRow(line, 'kind-not-compared', 'schema');
  const values = (name: string): readonly string[] => textsIn(properties[name]);
  const births = values('birthDate').map(readBirth);
  const said = saidOf(
    compared,
    values,
    births.filter((birth) => birth !== undefined),
  );
  if (said === undefined) return refusedRow(line, 'nothing-to-compare', 'neither a name nor a number');
  const details = Object.fromEntries(
    kept.map((name) => [name, [...values(name)]] as const).filter(([, found]) => found.length > 0),
  );
  const remarks = births.includes(undefined) ? [{ reason: 'date-unread' as const, what: 'birthDate' }] : [];
  return { kind: 'entry', line, entry: id.slice(0, rowLimits.text), said, details: { schema, ...details }, remarks };
}

function saidOf(
  { kind, numbers }: Compared,
  values: (name: string) => readonly string[],
  births: readonly string[],
): Omit<SaidSubject, 'place'> | undefined {
  const said: readonly SaidNumber[] = Object.entries(numbers).flatMap(([property, of]) =>
    values(property).map((number) => ({ kind: of, number })),
  );
  const names = [...new Set([...nameProperties.flatMap(values), ...composed(values)])].slice(0, rowLimits.names);
  const label = names[0] ?? said[0]?.number;
  if (label === undefined) return undefined;
  const isNamed = names.length > 0 && (kind === 'person' || kind === 'organisation');
  if (!isNamed && said.length === 0) return undefined;
  const gender = values('gender')[0];
  const identity = {
    names,
    births: births.slice(0, 10),
    birthplaces: values('birthPlace'),
    documents: ['passportNumber', 'idNumber'].flatMap((property) =>
      values(property).map((number) => ({ kind: property === 'idNumber' ? 'identity-card' : 'passport', number })),
    ),
    sex: gender === 'female' || gender === 'male' ? gender : undefined,
  } as const;
  return { kind, label, identity: isNamed ? identity : undefined, numbers: said };
}

/** The name as its parts make it, where the whole is not given. */
function composed(values: (name: string) => readonly string[]): readonly string[] {
  if (values('name').length > 0) return [];
  const parts = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName'].flatMap(
    (part) => values(part)[0] ?? [],
  );
  return parts.length === 0 ? [] : [parts.join(' ')];
}

function parse(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textsIn(value: Json | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list
    .filter((one): one is string => typeof one === 'string' && one.trim() !== '')
    .slice(0, rowLimits.values)
    .map((one) => one.trim().slice(0, rowLimits.text));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
