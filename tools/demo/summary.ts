import type { Api } from './api.ts';
import { compareChannels, type Level } from './level.ts';
import { other, parties, type Party, relation } from './parties.ts';
import { listIn, textIn } from './read-json.ts';
import type { Screen } from './screen.ts';

/** Prints what both stations hold, entry by entry the same or not. @returns whether they hold the same */
export async function showSummary(apis: Readonly<Record<Party, Api>>, level: Level, screen: Screen): Promise<boolean> {
  const channels = await compareChannels(apis, level);
  screen.step('What both stations hold');
  for (const { owner, size, root, identical, acts, receipts } of channels) {
    const verdict = identical ? 'the same on both sides' : 'NOT THE SAME ON BOTH SIDES';
    screen.say(
      `  channel ${owner}→${other(owner)}: ${acts} acts, ${receipts} receipts alone; head ${size} ${root.slice(0, 16)}…, ${verdict}`,
    );
  }
  for (const party of parties) {
    const states = await countStates(apis[party]);
    const said = [...states].map(([state, count]) => `${count} ${state}`);
    screen.say(`  dossiers at ${party}: ${said.join(', ')}`);
  }
  return channels.every(({ identical }) => identical);
}

/** Dossiers by state as one station has folded them, page by page of its inbox. */
async function countStates(api: Api): Promise<ReadonlyMap<string, number>> {
  const states = new Map<string, number>();
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await api.get(`/v1/relations/${relation}/inbox?limit=500${from}`);
    for (const dossier of listIn(page, 'dossiers')) {
      const state = textIn(dossier, 'state');
      states.set(state, (states.get(state) ?? 0) + 1);
    }
    cursor = page['next'] === undefined ? undefined : textIn(page, 'next');
  }
  return states;
}

/** How many dossiers a station has folded. */
export async function countDossiers(api: Api): Promise<number> {
  return (await countStates(api)).values().reduce((sum, count) => sum + count, 0);
}
