import {
  checkFields,
  type Field,
  type Json,
  type PartyId,
  Refusal,
  type RelationId,
  type Words,
} from '@entente/protocol';
import { type Home, readIfThere, writePrivate } from './home.ts';
import { parseJson } from './json-file.ts';

/** One relation of the station: whom it is with, and where the counterpart is to be dialled, if at all. */
export interface RelationEntry {
  readonly name: RelationId;
  readonly counterpart: PartyId;
  /** `https://host:port`; absent: the counterpart dials in, or there are sticks only. */
  readonly address?: string;
  /** The counterpart cannot dial in: this station fetches what it has to say. */
  readonly fetches?: boolean;
  /** A folder both stations reach. */
  readonly deadDrop?: string;
}

/** Where something listens; port 0 takes any free one. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
}

/** What a station knows of itself besides its keys: `station.json`, which an administrator may edit. */
export interface StationFile {
  readonly v: 1;
  readonly party: PartyId;
  readonly name: Words;
  /** ISO 3166-1 alpha-2, and IANA: for the calendar that is proposed to an accord. */
  readonly country: string;
  readonly zone: string;
  readonly signing: { readonly rpId: string; readonly origins: readonly string[] };
  readonly api: ListenAt;
  readonly peer: ListenAt;
  /** age recipient of backups; its identity is with the root. */
  readonly backup: string;
  /** Where neutral witnesses are that accords name by their keys: the prefix of their `/add-checkpoint`. */
  readonly witnesses?: readonly { readonly vkey: string; readonly url: string }[];
  readonly relations: readonly RelationEntry[];
}

const line = (name: string, maximum = 200): Field => ({ name, kind: 'text', maximum, required: true });
const listen = (name: string): Field => ({
  name,
  kind: 'group',
  required: true,
  fields: [line('host'), { name: 'port', kind: 'integer', minimum: 0, maximum: 65_535, required: true }],
});

const shape: readonly Field[] = [
  { name: 'v', kind: 'integer', minimum: 1, maximum: 1, required: true },
  line('party', 32),
  { name: 'name', kind: 'group', required: true, fields: [line('fr'), line('ar'), line('en')] },
  line('country', 2),
  line('zone', 64),
  {
    name: 'signing',
    kind: 'group',
    required: true,
    fields: [
      line('rpId'),
      { name: 'origins', kind: 'list', minimum: 1, maximum: 8, required: true, of: { kind: 'text', maximum: 200 } },
    ],
  },
  listen('api'),
  listen('peer'),
  line('backup', 4096),
  {
    name: 'witnesses',
    kind: 'list',
    maximum: 64,
    of: { kind: 'group', fields: [line('vkey', 4096), line('url', 400)] },
  },
  {
    name: 'relations',
    kind: 'list',
    maximum: 1000,
    required: true,
    of: {
      kind: 'group',
      fields: [
        line('name', 32),
        line('counterpart', 32),
        { name: 'address', kind: 'text', maximum: 400 },
        { name: 'fetches', kind: 'boolean' },
        { name: 'deadDrop', kind: 'text', maximum: 1000 },
      ],
    },
  },
];

/** @throws Refusal `usage` where there is no station here, `field-…` where the file does not hold */
export async function readStation(home: Home): Promise<StationFile> {
  const bytes = await readIfThere(home.path('station.json'));
  if (bytes === undefined) throw new Refusal('usage', { what: `no station in ${home.folder}: run entente init first` });
  const value: Json = parseJson(bytes, 'station.json');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('field-malformed', { where: 'station.json' });
  }
  checkFields(shape, value as { readonly [name: string]: Json }, 'station.json');
  return value as unknown as StationFile;
}

export async function writeStation(home: Home, station: StationFile): Promise<void> {
  await writePrivate(home.path('station.json'), `${JSON.stringify(station, undefined, 2)}\n`);
}

/** The relation that goes without saying: the only one of a station. Undefined where there are several, or no station. */
export async function onlyRelation(home: Home): Promise<RelationId | undefined> {
  if ((await readIfThere(home.path('station.json'))) === undefined) return undefined;
  const [only, ...more] = (await readStation(home)).relations;
  return more.length === 0 ? only?.name : undefined;
}
