import type { Log } from '../adapters/log.ts';
import { screenDue, type ScreeningParts } from '../screening/screen-due.ts';
import { listRooms } from '../store/subject-rooms.ts';
import { pause } from './bell.ts';

/** Screening under way; what is being compared when it stops is compared after the next start. */
export interface ScreeningLoop {
  stop(): Promise<void>;
}

// Drafts ring nobody, nor does a dossier that has been folded; looking at an empty table costs a tenth of a millisecond.
const lookAgain = 500;
const keepEvery = 600_000;

/** Compares the subjects of acts and drafts as they come, apart from the exchange, until stopped. */
export function startScreening(screening: ScreeningParts, log: Log): ScreeningLoop {
  const stopped = new AbortController();
  const work = run(screening, log, stopped.signal);
  return {
    stop: async () => {
      stopped.abort();
      // What the worker was asked ends with it: a large list is minutes in the reading.
      await screening.likeness.stop();
      await work;
    },
  };
}

/** Nothing is compared before everything is in memory: what is being compared stands locked, and an erasure waits for it. */
async function run(screening: ScreeningParts, log: Log, over: AbortSignal): Promise<void> {
  await load(screening, log, over);
  await Promise.all([screen(screening, log, over), keep(screening, log, over)]);
}

async function screen(screening: ScreeningParts, log: Log, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      if ((await screenDue(screening)) > 0) continue;
    } catch (error) {
      if (!over.aborted) log.defect('subjects were not compared', error);
    }
    await pause(lookAgain, over);
  }
}

/** Everything is brought into memory at the start, and written down now and then for the next one. */
async function keep(screening: ScreeningParts, log: Log, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await pause(keepEvery, over);
    if (!over.aborted) await load(screening, log, over);
  }
}

async function load({ parts, likeness }: ScreeningParts, log: Log, over: AbortSignal): Promise<void> {
  try {
    // A station that knows nobody needs no thread to search them in.
    if ((await listRooms(parts.database)).length > 0) await likeness.load();
  } catch (error) {
    if (!over.aborted) log.defect('whom the station searches was not read, or not written down', error);
  }
}
