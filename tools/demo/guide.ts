import { join } from 'node:path';
import { administratorToken, type Api } from './api.ts';
import { writeCommand } from './command-line.ts';
import { folderOfOfficer } from './found-parties.ts';
import { demoParties, homeOf, type Party, relation } from './parties.ts';
import type { Ports } from './ports.ts';
import { listIn, textIn } from './read-json.ts';
import type { Screen } from './screen.ts';

/** What to try next: commands, API and keys, each line as it can be copied into a second terminal. */
export async function showGuide(screen: Screen, folder: string, ports: Ports, api: Api): Promise<void> {
  const [fr, ma] = [homeOf(folder, 'fr'), homeOf(folder, 'ma')];
  const at = ['--relation', relation];
  const untaken = await findUntaken(api);
  const charge = ['--dossier', untaken, '--input', `at=${new Date().toISOString()}`];
  const audit = join(folder, 'papers', 'audit');
  screen.step('What to try next, in a second terminal at the root of the repository');
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['what waits at a desk, by its clocks', ['inbox', '--home', fr, ...at, ...as('fr')]],
    ['the same relation from the other side', ['inbox', '--home', ma, ...at, ...as('ma')]],
    ['one dossier, acts and receipts', ['dossier', 'show', '--home', fr, ...at, ...as('fr'), untaken]],
    ['take it in charge yourself', ['act', 'taken-in-charge', '--home', fr, ...at, ...as('fr'), ...charge]],
    ['who may sign', ['officer', 'list', '--home', ma]],
    ['the accord, with fingerprints', ['accord', 'show', '--home', fr, ...at]],
    ['carry what waits on a stick', ['carry', 'out', '--home', fr, ...at, join(folder, 'papers', 'stick.age')]],
    ['both channels as files', ['export', 'channel', '--home', fr, ...at, audit]],
    ['verified again from their bytes', ['verify', '--home', fr, audit, '--signatures']],
    ['how the station is', ['doctor', '--home', fr]],
    ['everything else', ['help']],
  ];
  for (const [what, command] of commands) screen.say(`  ${what.padEnd(38)} ${writeCommand(command)}`);
  const token = administratorToken(fr);
  const curl = `curl -H "authorization: Bearer $(cat ${token})"`;
  screen.say(`\n  API of France   http://127.0.0.1:${ports.fr.api}   token in ${token}`);
  screen.say(`  API of Morocco  http://127.0.0.1:${ports.ma.api}   token in ${administratorToken(ma)}`);
  screen.say(`  ${'its own description'.padEnd(38)} ${curl} http://127.0.0.1:${ports.fr.api}/openapi.json`);
  screen.say(`  ${'events as they happen'.padEnd(38)} ${curl} -N http://127.0.0.1:${ports.fr.api}/v1/events`);
  if (!screen.isTerminal) return;
  screen.say('\n  Keys here:  c  cut the link, acts wait; c again, they go on in order     t  a threat to life');
  screen.say('              h  this page                                                q  stop (or Ctrl-C)\n');
}

function as(party: Party): readonly string[] {
  return ['--as', folderOfOfficer(demoParties[party].officers[0].name)];
}

/** A request of Morocco's that nobody in France has taken in charge; the newest dossier where there is none. */
async function findUntaken(api: Api): Promise<string> {
  const inbox = `/v1/relations/${relation}/inbox?limit=500`;
  const requested = listIn(await api.get(`${inbox}&state=requested`), 'dossiers');
  const found = requested.find(({ opener }) => opener === 'ma') ?? listIn(await api.get(inbox), 'dossiers')[0];
  return found === undefined ? 'DOSSIER' : textIn(found, 'dossier');
}
