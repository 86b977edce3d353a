import type { JsonObject } from '@entente/protocol';
import { entente, writeCommand } from './command-line.ts';
import { demoParties, homeOf, type Party, relation } from './parties.ts';
import { listIn, readObject } from './read-json.ts';
import type { Screen } from './screen.ts';

export const blindPurpose = 'leads/investigation';
const longestWait = 60_000;

/** Shows a hit and a no-hit: France learns which, Morocco learns that somebody was asked about. */
export async function showBlindChecks(folder: string, screen: Screen, stop: AbortSignal): Promise<void> {
  const [terms] = listIn(await list(folder, 'ma', stop), 'purposes');
  // An accord of an earlier demonstration allows none.
  if (terms === undefined) return;
  screen.step('Blind checks: Morocco publishes its list blinded; France asks about two persons without telling whom');
  if (terms['own'] === undefined) {
    await shown(['blind', 'publish', ...at(folder, 'ma'), '--purpose', blindPurpose], screen, stop);
  }
  await check(folder, ['Mohamed Larbi Zerouelani', '--birth', '1984-03-12'], screen, stop);
  await check(folder, ['Yanis Karoubelle', '--birth', '1991-09-30'], screen, stop);
  screen.say('  What Morocco knows of them:');
  screen.quote((await entente(['blind', 'list', ...asOfficer(folder, 'ma')], stop)).out);
}

/** Asks again while the table is still on its way. */
async function check(folder: string, whom: readonly string[], screen: Screen, stop: AbortSignal): Promise<void> {
  const terms = ['--purpose', blindPurpose, '--legal-basis', 'SAFE-37b', '--yes'];
  const command = ['blind', 'check', ...whom, ...asOfficer(folder, 'fr'), ...terms];
  for (const limit = performance.now() + longestWait; ;) {
    try {
      return await shown(command, screen, stop);
    } catch (error) {
      stop.throwIfAborted();
      if (performance.now() > limit || !String(error).includes('no set to check against')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

async function shown(command: readonly string[], screen: Screen, stop: AbortSignal): Promise<void> {
  const { out } = await entente(command, stop);
  screen.say(`  $ ${writeCommand(command)}`);
  screen.quote(out);
}

async function list(folder: string, party: Party, stop: AbortSignal): Promise<JsonObject> {
  const { out } = await entente(['blind', 'list', ...asOfficer(folder, party), '--json'], stop);
  return readObject(out);
}

function asOfficer(folder: string, party: Party): readonly string[] {
  return [...at(folder, party), '--as', demoParties[party].officers[0].name];
}

function at(folder: string, party: Party): readonly string[] {
  return ['--home', homeOf(folder, party), '--relation', relation];
}
