import { Conversation } from './conversation.ts';
import { courses } from './courses.ts';
import type { Level } from './level.ts';
import { parties, type Party } from './parties.ts';
import type { Screen } from './screen.ts';
import type { Desk } from './desk.ts';

export const backlogSize = 300;

/**
 * Brings the relation to its first backlog: dossiers in every state, said turn by turn by both sides' officers, each turn
 * under one approval list a side. What an interrupted start left is counted, the rest is added.
 */
export async function makeBacklog(
  desks: Readonly<Record<Party, Desk>>,
  level: Level,
  existing: number,
  screen: Screen,
): Promise<void> {
  const conversations = Array.from({ length: Math.max(0, backlogSize - existing) }, (_, at) => {
    const number = existing + at;
    const course = courses[Math.floor(number / 2) % courses.length] ?? [];
    return new Conversation(parties[number % 2] ?? 'fr', course, number);
  });
  for (let turn = 1; conversations.some(({ next }) => next !== undefined); turn++) {
    const counts = await Promise.all(parties.map((party) => sayTurn(desks[party], party, conversations)));
    await level();
    screen.say(`  turn ${turn}: ${counts[0]} acts by France, ${counts[1]} by Morocco, received and receipted`);
  }
}

async function sayTurn(desk: Desk, party: Party, conversations: readonly Conversation[]): Promise<number> {
  const due = conversations.filter(({ turn }) => turn === party);
  if (due.length === 0) return 0;
  const now = new Date();
  const said = await desk.say(due.map((conversation) => conversation.want(now)));
  due.forEach((conversation, at) => {
    const act = said[at];
    if (act !== undefined) conversation.advance(act);
  });
  return due.length;
}
