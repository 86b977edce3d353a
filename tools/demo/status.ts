import type { JsonObject } from '@entente/protocol';
import type { Api } from './api.ts';
import { other, parties, type Party, relation } from './parties.ts';
import { listIn, numberIn, objectIn, textIn } from './read-json.ts';
import type { Screen } from './screen.ts';

const every = 500;

/** Keeps the last line of a terminal true: both channels as their owners see them, what waits, the link. */
export function keepStatus(apis: Readonly<Record<Party, Api>>, screen: Screen, isCut: () => boolean): () => void {
  if (!screen.isTerminal) return () => {};
  const write = async (): Promise<void> => {
    const sides = await Promise.all(
      parties.map(async (party) => sideOf(party, await apis[party].get(`/v1/relations/${relation}`))),
    );
    const link = isCut() ? 'LINK CUT' : 'link open';
    screen.status(` ${sides.join('   ')}   ${link}   c cut · t threat to life · h help · q stop`);
  };
  // A station that is starting again says nothing of itself; the line stays as it was.
  const timer = setInterval(() => void write().catch(() => {}), every);
  return () => clearInterval(timer);
}

function sideOf(party: Party, summary: JsonObject): string {
  const own = listIn(summary, 'channels').find((channel) => channel['own'] === true) ?? {};
  const waiting = numberIn(summary, 'waiting');
  const state = textIn(objectIn(summary['link']), 'state');
  const waits = waiting > 0 ? `, ${waiting} wait` : '';
  return `${party}→${other(party)} ${numberIn(own, 'size')} (cosigned ${numberIn(own, 'cosigned')}${waits}, ${state})`;
}
