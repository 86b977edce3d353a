import pg from 'pg';
import { eventChannel } from '../store/events.ts';

const firstDelay = 250;
const longestDelay = 10_000;

/**
 * Hears from PostgreSQL that there are events, whichever process of the station made them, and wakes who waits. What the
 * events are is read from the table: a notice that is lost costs nothing but the time until the next.
 */
export class EventFeed {
  readonly #url: string;
  readonly #waiting = new Set<() => void>();
  #client: pg.Client | undefined;
  #delay = firstDelay;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Begins to listen; goes on trying where the database is away. */
  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'entente-events' });
    client.on('notification', () => this.#wake());
    client.once('error', () => this.#lost(client));
    client.once('end', () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`listen ${eventChannel}`);
    } catch {
      this.#lost(client);
      return;
    }
    if (this.#stopped) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#delay = firstDelay;
    // Whatever happened while nobody listened is in the table by now.
    this.#wake();
  }

  /** Resolves at the next event, after `timeout` milliseconds, or when the waiter has gone. */
  async next(timeout: number, gone: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        gone.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, timeout);
      this.#waiting.add(done);
      gone.addEventListener('abort', done);
      if (gone.aborted || this.#stopped) done();
    });
  }

  /** Whether notices are heard at present. */
  get listening(): boolean {
    return this.#client !== undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#wake();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }

  #lost(client: pg.Client): void {
    client.removeAllListeners('end');
    client.on('error', () => {});
    if (this.#client === client) this.#client = undefined;
    void client.end().catch(() => {});
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.start(), this.#delay).unref();
    this.#delay = Math.min(longestDelay, this.#delay * 2);
  }
}
