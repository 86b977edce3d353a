import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Home } from '../../packages/station/src/cli/home.ts';
import { entente } from './entente.ts';
import { freePort } from '../../packages/station/src/adapters/free-port.ts';

/** Names of the two parties and of what is between them. */
export const parties = ['fr', 'ma'] as const;
export type Party = (typeof parties)[number];
export const relation = 'fr-ma';
export const other = (party: Party): Party => (party === 'fr' ? 'ma' : 'fr');

/** Where a founded station lives and on which port counterparts dial in. */
export interface Founded {
  readonly party: Party;
  readonly home: Home;
  readonly peerPort: number;
}

const countries = { fr: ['FR', 'Europe/Paris'], ma: ['MA', 'Africa/Casablanca'] } as const;

/** Founds two stations by the commands that real parties use, and signs the accord between them. */
export async function foundStations(folder: string): Promise<Readonly<Record<Party, Founded>>> {
  const [fr, ma] = [await placeOf(folder, 'fr'), await placeOf(folder, 'ma')];
  const papers = join(folder, 'papers');
  await mkdir(papers, { recursive: true });
  await Promise.all([found(fr, ma, papers), found(ma, fr, papers)]);
  const [proposal, accord] = [join(papers, 'proposal.json'), join(papers, 'accord.json')];
  const theirs = ['--theirs', join(papers, 'ma.json'), '--out', proposal];
  await entente('accord', 'propose', '--home', fr.home.folder, '--relation', relation, ...theirs, '--yes');
  await entente('accord', 'sign', proposal, '--home', ma.home.folder, '--out', accord, '--yes');
  await entente('accord', 'install', accord, '--home', fr.home.folder, '--relation', relation);
  return { fr, ma };
}

async function placeOf(folder: string, party: Party): Promise<Founded> {
  return { party, home: new Home(join(folder, party), undefined), peerPort: await freePort() };
}

async function found({ party, home, peerPort }: Founded, counterpart: Founded, papers: string): Promise<void> {
  const [country, zone] = countries[party];
  const domain = `sign.${party}.example`;
  await entente(
    'init',
    '--home',
    home.folder,
    '--party',
    party,
    '--name-fr',
    party,
    '--country',
    country,
    '--zone',
    zone,
    '--rp-id',
    domain,
    '--origin',
    `https://${domain}`,
    '--api-port',
    String(await freePort()),
    '--peer-host',
    '127.0.0.1',
    '--peer-port',
    String(peerPort),
  );
  await entente(
    'relation',
    'invite',
    '--home',
    home.folder,
    '--relation',
    relation,
    '--counterpart',
    counterpart.party,
    '--address',
    `https://127.0.0.1:${counterpart.peerPort}`,
    '--out',
    join(papers, `${party}.json`),
  );
}
