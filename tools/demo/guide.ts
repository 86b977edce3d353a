import { join } from 'node:path';
import { administratorToken } from './api.ts';
import { writeCommand } from './command-line.ts';
import { folderOfOfficer } from './found-parties.ts';
import { demoParties, homeOf, type Party, relation } from './parties.ts';
import type { Ports } from './ports.ts';
import type { Screen } from './screen.ts';

/** What to try next: commands, API and keys, each line as it can be copied into a second terminal. */
export function showGuide(screen: Screen, folder: string, ports: Ports): void {
  const [fr, ma] = [homeOf(folder, 'fr'), homeOf(folder, 'ma')];
  const at = ['--relation', relation];
  const audit = join(folder, 'papers', 'audit');
  screen.step('What to try next, in a second terminal at the root of the repository');
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['what waits at a desk, by deadline', ['inbox', '--home', fr, ...at, ...as('fr')]],
    ['the same relation from the other side', ['inbox', '--home', ma, ...at, ...as('ma')]],
    ['one dossier, acts and receipts', ['dossier', 'show', '--home', fr, ...at, ...as('fr'), 'DOSSIER']],
    ['who may sign', ['officer', 'list', '--home', ma, ...at]],
    ['the accord, with fingerprints', ['accord', 'show', '--home', fr, ...at]],
    [
      'carry what waits on a stick',
      ['carry', 'out', '--home', fr, ...at, '--out', join(folder, 'papers', 'stick.age')],
    ],
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
