import type { Log } from '../adapters/log.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { compareDigests } from '../dossiers/compare-digests.ts';
import { type Folding, openFolding } from '../dossiers/folding.ts';
import { foldDossiers } from '../dossiers/fold-dossiers.ts';
import type { Database } from '../store/database.ts';
import { eventChannel } from '../store/events.ts';

/** Folding under way; stopping lets the piece being folded end. */
export interface FoldLoop {
  stop(): Promise<void>;
}

// Where a notice was lost, or another process was folding and was killed, the channels are looked at all the same.
const lookAgain = 5000;
const afterDefect = 1000;

/** Folds every relation's dossiers as its channels grow, apart from the exchange, until stopped. */
export async function startFolding(parts: Parts, relations: readonly Relation[], log: Log): Promise<FoldLoop> {
  const stopped = new AbortController();
  const bell = new Bell();
  const listening = listen(parts.database, bell, stopped.signal);
  const loops = relations.map((relation) => run(parts, openFolding(parts.crypto, relation), bell, log, stopped.signal));
  return {
    stop: async () => {
      stopped.abort();
      bell.ring();
      await Promise.all([...loops, listening]);
    },
  };
}

async function run(parts: Parts, folding: Folding, bell: Bell, log: Log, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const heard = bell.next();
    let rest = lookAgain;
    try {
      const folded = await foldDossiers(parts, folding);
      if (folded.kind === 'folded') continue;
      if (folded.kind === 'nothing') await compareDigests(parts, folding);
    } catch (error) {
      log.defect('dossiers were not folded', error, { relation: folding.relation.name });
      rest = afterDefect;
    }
    await Promise.race([heard, pause(rest, over)]);
  }
}

/** Rings whenever PostgreSQL tells that something happened; a lost connection is made again. */
async function listen(database: Database, bell: Bell, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      const client = await database.connect();
      try {
        client.on('notification', () => bell.ring());
        const ended = Promise.withResolvers<void>();
        client.once('error', () => ended.resolve());
        over.addEventListener('abort', () => ended.resolve(), { once: true });
        await client.query(`listen ${eventChannel}`);
        bell.ring();
        await ended.promise;
      } finally {
        client.release(true);
      }
    } catch {
      // The loop above finds the same fault and writes it down.
      await pause(afterDefect, over);
    }
  }
}

/** Wakes all who wait for it, once. */
class Bell {
  #rung: PromiseWithResolvers<void> = Promise.withResolvers();

  next(): Promise<void> {
    return this.#rung.promise;
  }

  ring(): void {
    this.#rung.resolve();
    this.#rung = Promise.withResolvers();
  }
}

function pause(milliseconds: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      over.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    over.addEventListener('abort', end);
    if (over.aborted) end();
  });
}
