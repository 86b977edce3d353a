import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@entente/protocol';
import { Home, readIfThere } from '../../packages/station/src/cli/home.ts';
import { blindPurpose } from './blind-check.ts';
import { entente, writeCommand } from './command-line.ts';
import { demoParties, homeOf, other, parties, type Party, relation } from './parties.ts';
import { readObject, textIn } from './read-json.ts';
import type { Screen } from './screen.ts';

/** Whether both parties have installed the accord. */
export async function areFounded(folder: string): Promise<boolean> {
  const accords = await Promise.all(parties.map((party) => readIfThere(homeFile(folder, party, 'accord.json'))));
  return accords.every((accord) => accord !== undefined);
}

/** Founds both stations and signs the accord between them, by the commands that real parties use, each shown. */
export async function foundParties(folder: string, screen: Screen, stop: AbortSignal): Promise<void> {
  // What an interrupted founding left holds no accord, and so nothing anybody relied on.
  await Promise.all([...parties, 'papers'].map((name) => rm(join(folder, name), { recursive: true, force: true })));
  const papers = join(folder, 'papers');
  await mkdir(papers, { recursive: true, mode: 0o700 });

  screen.step('Each party founds its station: root keys that stay offline, and a fingerprint to be read aloud');
  await both(screen, stop, (party) => initArguments(folder, party));

  screen.step('Each makes its keys for the relation, and the terms it hands to the other');
  await both(screen, stop, (party) => {
    const [home, out] = [homeOf(folder, party), termsOf(papers, party)];
    const address = 'https://127.0.0.1:8461';
    return ['relation', 'invite', ...options({ home, relation, counterpart: other(party), address, out })];
  });

  const [proposal, accord] = [join(papers, 'proposal.json'), join(papers, 'accord.json')];
  screen.step('France drafts the accord and signs it with its root');
  const draft = join(papers, 'draft.json');
  const theirs = ['--relation', relation, '--theirs', termsOf(papers, 'ma')];
  await one(screen, stop, ['accord', 'draft', '--home', homeOf(folder, 'fr'), ...theirs, '--out', draft]);
  const keys = await Promise.all(parties.map((party) => blindKeyOf(folder, party, screen, stop)));
  await allowBlindChecks(draft, keys);
  const proposing = ['--accord', draft, '--out', proposal, '--yes'];
  await one(screen, stop, ['accord', 'propose', '--home', homeOf(folder, 'fr'), ...theirs, ...proposing]);

  screen.step('Morocco reads it, compares the fingerprints, and signs');
  await one(screen, stop, ['accord', 'sign', proposal, '--home', homeOf(folder, 'ma'), '--out', accord, '--yes'], true);

  screen.step('France verifies all four signatures and installs it');
  await one(screen, stop, ['accord', 'install', accord, '--home', homeOf(folder, 'fr'), '--relation', relation]);
}

/** Makes a party's key for blind checks, as the accord is to name it. */
async function blindKeyOf(folder: string, party: Party, screen: Screen, stop: AbortSignal): Promise<JsonObject> {
  const command = ['blind', 'key', '--home', homeOf(folder, party), '--relation', relation, '--purpose', blindPurpose];
  const { out } = await entente([...command, '--json'], stop);
  screen.say(`  $ ${writeCommand(command)}`);
  return { party, epoch: 1, key: textIn(readObject(out), 'key') };
}

/** What the parties write into the draft by hand: both keys, and how much may be asked. */
async function allowBlindChecks(draft: string, keys: readonly JsonObject[]): Promise<void> {
  const accord = readObject(await readFile(draft, 'utf8'));
  const budget = { elements: 32, queriesPerDay: 20, queriesPerMonth: 200, setDays: 30 };
  const blind = [{ purpose: blindPurpose, keys, ...budget }];
  await writeFile(draft, `${JSON.stringify({ ...accord, blind }, undefined, 2)}\n`);
}

/** Enrols the officers who are not yet: a signing key each, bound in the channel. The stations run. */
export async function enrolOfficers(folder: string, screen: Screen, stop: AbortSignal): Promise<void> {
  const missing = await Promise.all(parties.map((party) => notEnrolled(folder, party)));
  if (missing.every((commands) => commands.length === 0)) return;
  screen.step('Two officers of each party get a signing key of their own, bound in the channel');
  await Promise.all(
    missing.map(async (commands) => {
      for (const command of commands) await one(screen, stop, command);
    }),
  );
}

async function notEnrolled(folder: string, party: Party): Promise<readonly (readonly string[])[]> {
  const home = homeOf(folder, party);
  const commands: (readonly string[])[] = [];
  for (const { name, function: post, role } of demoParties[party].officers) {
    const file = new Home(home, undefined).path('officers', folderOfOfficer(name), `${relation}.json`);
    if ((await readIfThere(file)) !== undefined) continue;
    const who = options({ home, relation, name, function: post, role });
    commands.push(['officer', 'enrol', ...who, '--no-passphrase']);
  }
  return commands;
}

/** As the command line names an officer's folder. */
export function folderOfOfficer(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function initArguments(folder: string, party: Party): readonly string[] {
  const { name, country, zone } = demoParties[party];
  const domain = `sign.${party}.example`;
  const names = { 'name-fr': name.fr, 'name-ar': name.ar, 'name-en': name.en };
  const signing = { 'rp-id': domain, origin: `https://${domain}` };
  const home = homeOf(folder, party);
  return ['init', ...options({ home, party, country, zone, ...names, ...signing, 'peer-host': '127.0.0.1' })];
}

function options(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
}

async function both(screen: Screen, stop: AbortSignal, args: (party: Party) => readonly string[]): Promise<void> {
  const commands = parties.map((party) => args(party));
  const said = await Promise.all(commands.map((command) => entente(command, stop)));
  commands.forEach((command, at) => {
    screen.say(`  $ ${writeCommand(command)}`);
    screen.quote(said[at]?.out ?? '');
  });
}

async function one(screen: Screen, stop: AbortSignal, command: readonly string[], whole = false): Promise<void> {
  const { out, aside } = await entente(command, stop);
  screen.say(`  $ ${writeCommand(command)}`);
  if (whole) screen.quote(aside);
  screen.quote(out);
}

function termsOf(papers: string, party: Party): string {
  return join(papers, `${relation}-terms-${party}.json`);
}

function homeFile(folder: string, party: Party, file: string): string {
  return join(homeOf(folder, party), 'relations', relation, file);
}
