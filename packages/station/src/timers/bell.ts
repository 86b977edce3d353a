import type { Database } from '../store/database.ts';
import { eventChannel } from '../store/events.ts';

const afterDefect = 1000;

/** Rings whenever PostgreSQL tells that something happened; a lost connection is made again. */
export async function listenForEvents(database: Database, bell: Bell, over: AbortSignal): Promise<void> {
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
      // The loop that is rung finds the same fault and writes it down.
      await pause(afterDefect, over);
    }
  }
}

/** Wakes all who wait for it, once. */
export class Bell {
  #rung: PromiseWithResolvers<void> = Promise.withResolvers();

  next(): Promise<void> {
    return this.#rung.promise;
  }

  ring(): void {
    this.#rung.resolve();
    this.#rung = Promise.withResolvers();
  }
}

/** Waits so long, or until it is over. */
export function pause(milliseconds: number, over: AbortSignal): Promise<void> {
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
