import type { Api } from './api.ts';
import { compareChannels } from './level.ts';
import { other, parties, type Party, relation } from './parties.ts';
import { listIn, numberIn, objectIn } from './read-json.ts';
import type { Screen } from './screen.ts';

/** Prints what both stations hold, entry by entry the same or not. @returns whether they hold the same */
export async function showSummary(apis: Readonly<Record<Party, Api>>, screen: Screen): Promise<boolean> {
  const channels = await compareChannels(apis);
  screen.step('What both stations hold');
  for (const { owner, size, root, identical, acts, receipts } of channels) {
    const verdict = identical ? 'the same on both sides' : 'NOT THE SAME ON BOTH SIDES';
    screen.say(`  channel ${owner}→${other(owner)}: ${acts} acts, ${receipts} receipts alone; head ${size} ${root.slice(0, 16)}…, ${verdict}`);
  }
  for (const party of parties) {
    const states = await countStates(apis[party]);
    const said = Object.entries(states).map(([state, count]) => `${count} ${state}`);
    screen.say(`  dossiers at ${party}: ${said.join(', ')}`);
  }
  return channels.every(({ identical }) => identical);
}

/** Dossiers of the leads by state, as one station has folded them; states with none are left out. */
async function countStates(api: Api): Promise<Readonly<Record<string, number>>> {
  const [leads] = listIn(await api.get(`/v1/relations/${relation}/statistics`), 'tracks');
  const states = objectIn(leads?.['states']);
  return Object.fromEntries(
    Object.keys(states).flatMap((state) => {
      const count = numberIn(states, state);
      return count === 0 ? [] : [[state, count]];
    }),
  );
}

/** How many dossiers of the leads a station has folded. */
export async function countDossiers(api: Api): Promise<number> {
  const [leads] = listIn(await api.get(`/v1/relations/${relation}/statistics`), 'tracks');
  return leads === undefined ? 0 : numberIn(leads, 'dossiers');
}
