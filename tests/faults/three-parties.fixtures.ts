import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../packages/station/src/adapters/embedded-postgres.ts';
import type { Blobs } from '../../packages/station/src/adapters/blobs.ts';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import { custodyOf } from '../../packages/station/src/cli/custody-of.ts';
import { Home } from '../../packages/station/src/cli/home.ts';
import { openStation, type OpenStation } from '../../packages/station/src/cli/open-station.ts';
import type { AttachmentCustody } from '../../packages/station/src/custody/attachments/attachment-custody.ts';
import type { Relation } from '../../packages/station/src/custody/relation.ts';
import { openDatabase } from '../../packages/station/src/store/database.ts';
import { entente } from '../../tools/torture/entente.ts';

const countries = { fr: ['FR', 'Europe/Paris'], ma: ['MA', 'Africa/Casablanca'], es: ['ES', 'Europe/Madrid'] } as const;
const names = ['fr', 'ma', 'es'] as const;
type Party = (typeof names)[number];

/** A party's station, opened but not serving. */
export interface Opened extends OpenStation {
  readonly home: Home;
  readonly url: string;
  readonly custody: AttachmentCustody;
  relation(name: string): Relation;
  /** age identity of its offline recipient in a relation: what opens a stick. */
  offlineIdentity(relation: string): Promise<string>;
}

export interface ThreeParties extends Readonly<Record<Party, Opened>> {
  readonly folder: string;
  close(): Promise<void>;
}

/** Three parties founded by the commands; `fr` has a relation with each of the others. One PostgreSQL, a database each. */
export async function threeParties(): Promise<ThreeParties> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-three-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o711);
  const papers = join(folder, 'papers');
  await mkdir(papers);
  const home = (party: Party): string => join(folder, party);
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  await Promise.all(names.map((party) => init(party, home(party))));
  await Promise.all([
    invite(home('fr'), 'fr-ma', 'ma', join(papers, 'fr-ma.fr')).then(() =>
      invite(home('fr'), 'fr-es', 'es', join(papers, 'fr-es.fr')),
    ),
    invite(home('ma'), 'fr-ma', 'fr', join(papers, 'fr-ma.ma')),
    invite(home('es'), 'fr-es', 'fr', join(papers, 'fr-es.es')),
  ]);
  await Promise.all([
    agree('fr-ma', home('fr'), home('ma'), papers, 'ma'),
    agree('fr-es', home('fr'), home('es'), papers, 'es'),
  ]);
  const [fr, ma, es] = [
    await open(postgres, 'fr', home('fr')),
    await open(postgres, 'ma', home('ma')),
    await open(postgres, 'es', home('es')),
  ];
  return {
    folder,
    fr,
    ma,
    es,
    close: async () => {
      await Promise.all([fr, ma, es].map((one) => one.close()));
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function init(party: Party, home: string): Promise<void> {
  const [country, zone] = countries[party];
  const place = [
    '--country',
    country,
    '--zone',
    zone,
    '--rp-id',
    `${party}.example`,
    '--origin',
    `https://${party}.example`,
  ];
  await entente('init', '--home', home, '--party', party, '--name-fr', party, ...place);
}

async function invite(home: string, relation: string, counterpart: Party, out: string): Promise<void> {
  await entente(
    'relation',
    'invite',
    '--home',
    home,
    '--relation',
    relation,
    '--counterpart',
    counterpart,
    '--out',
    out,
  );
}

async function agree(relation: string, one: string, other: string, papers: string, party: Party): Promise<void> {
  const [proposal, accord] = [join(papers, `${relation}.proposal`), join(papers, `${relation}.accord`)];
  const theirs = join(papers, `${relation}.${party}`);
  await entente(
    'accord',
    'propose',
    '--home',
    one,
    '--relation',
    relation,
    '--theirs',
    theirs,
    '--out',
    proposal,
    '--yes',
  );
  await entente('accord', 'sign', proposal, '--home', other, '--out', accord, '--yes');
  await entente('accord', 'install', accord, '--home', one, '--relation', relation);
}

const blobsOf = (home: Home): Blobs => blobsFolder(home.path('blobs'));

async function open(postgres: EmbeddedPostgres, party: Party, folder: string): Promise<Opened> {
  const admin = await openDatabase(postgres.url, 1);
  await admin.query(`create database "${party}"`);
  await admin.end();
  const url = postgres.url.replace(/entente$/, party);
  const home = new Home(folder, undefined);
  const station = await openStation(home, url);
  return {
    ...station,
    home,
    url,
    custody: await custodyOf({ home, blobsOf }, station.parts, station.relations),
    relation: (name) => {
      const found = station.relations.find((one) => one.name === name);
      if (found === undefined) throw new Error(`no relation ${name}`);
      return found;
    },
    offlineIdentity: async (relation) => (await readFile(join(home.rootFolder, `${relation}.identity`), 'utf8')).trim(),
  };
}
