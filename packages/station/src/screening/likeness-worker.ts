import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../store/database.ts';
import { listRooms } from '../store/subject-rooms.ts';
import type { Answer, Likeness, Question } from './likeness.ts';
import { SearchRoom } from './search-room.ts';

// A thread of its own: comparing names is work for the processor, and the exchange is not to wait for it. It reads the
// tables itself, so that no list passes through the station's own thread.

const mostIdentities = 12_000_000;
const { databaseUrl } = workerData as { readonly databaseUrl: string };
const database = await openDatabase(databaseUrl, 1);
const rooms = new Map<string, SearchRoom>();
let turn: Promise<void> = Promise.resolve();

parentPort?.on('message', (question: Question) => {
  // One after the other: a room is not searched while it is brought up to date.
  turn = turn.then(async () => {
    const answered = await answer(question);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    parentPort?.postMessage(answered);
  });
});

async function answer(question: Question): Promise<Answer> {
  const { number } = question;
  try {
    switch (question.ask) {
      case 'search':
        return { number, kind: 'found', found: await search(question) };
      case 'load':
        for (const { room } of await listRooms(database)) await (await opened(room)).keep(database);
        return { number, kind: 'loaded' };
      default:
        return question satisfies never;
    }
  } catch (error) {
    return { number, kind: 'failed', error };
  }
}

async function search(question: Extract<Question, { ask: 'search' }>): Promise<readonly Likeness[]> {
  const found: Likeness[] = [];
  for (const name of question.rooms) {
    const room = await opened(name);
    for (const { key, probability } of room.search(question.identity, question.limit, question.atLeast))
      found.push({ subject: Number(key), probability });
  }
  return found;
}

/** A room as its tables are now. */
async function opened(name: string): Promise<SearchRoom> {
  const room = rooms.get(name) ?? new SearchRoom(name);
  if (!rooms.has(name) && identitiesHeld() > mostIdentities)
    throw new Error(`more than ${mostIdentities} identities: ${name} is not searched`);
  rooms.set(name, room);
  await room.catchUp(database);
  return room;
}

function identitiesHeld(): number {
  return [...rooms.values()].reduce((sum, { size }) => sum + size, 0);
}
