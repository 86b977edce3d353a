import { Worker } from 'node:worker_threads';
import type { Identity } from '@entente/matching';
import type { Answer, Likeness, Question } from './likeness.ts';

type Asked = Question extends infer One ? (One extends Question ? Omit<One, 'number'> : never) : never;

/** Searching by likeness, in a worker thread that holds what can be searched; one of each in a process. */
export class LikenessSearch {
  readonly #databaseUrl: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #worker: Worker | undefined;
  #asked = 0;
  #stopped = false;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** Brings every room into memory and writes down those that have grown since they last were. */
  async load(): Promise<void> {
    await this.#ask({ ask: 'load' });
  }

  /** The subjects of these rooms most like an identity, as the tables have them now: of each room the best `limit`. */
  async search(
    rooms: readonly string[],
    identity: Identity,
    limit: number,
    atLeast: number,
  ): Promise<readonly Likeness[]> {
    if (rooms.length === 0) return [];
    const answer = await this.#ask({ ask: 'search', rooms, identity, limit, atLeast });
    if (answer.kind !== 'found') throw new Error(`asked to search, answered ${answer.kind}`);
    return answer.found;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#worker?.terminate();
  }

  async #ask(asked: Asked): Promise<Answer> {
    if (this.#stopped) throw new Error('screening has stopped');
    const worker = (this.#worker ??= this.#start());
    const number = (this.#asked += 1);
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(number, waiting);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    worker.postMessage({ ...asked, number } satisfies Question);
    const answer = await waiting.promise;
    if (answer.kind === 'failed') throw answer.error;
    return answer;
  }

  /** A worker that ends takes its questions with it; the next one starts another, which reads the tables anew. */
  #start(): Worker {
    const worker = new Worker(new URL('./likeness-worker.ts', import.meta.url), {
      workerData: { databaseUrl: this.#databaseUrl },
    });
    worker.on('message', (answer: Answer) => {
      this.#waiting.get(answer.number)?.resolve(answer);
      this.#waiting.delete(answer.number);
    });
    const ended = (cause: unknown): void => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const waiting of this.#waiting.values())
        waiting.reject(new Error('the worker of screening ended', { cause }));
      this.#waiting.clear();
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    worker.unref();
    return worker;
  }
}
