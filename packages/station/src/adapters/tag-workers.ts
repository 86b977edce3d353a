import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Identity } from '@entente/matching';

/** Threads that evaluate a set under one secret. */
export interface TagWorkers {
  /** How many calls keep all threads at work. */
  readonly width: number;
  /** The tags of all match keys of identities. */
  tagsOf(identities: readonly Identity[]): Promise<BigUint64Array>;
  close(): Promise<void>;
}

interface Done {
  readonly number: number;
  readonly tags: BigUint64Array;
}

/** @param threads one for each processor, where nothing is said */
export function startTagWorkers(secret: Uint8Array, threads: number = availableParallelism()): TagWorkers {
  const waiting = new Map<number, PromiseWithResolvers<BigUint64Array>>();
  let next = 0;
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('tag-worker.ts', import.meta.url), { workerData: { secret } });
    worker.on('message', ({ number, tags }: Done) => {
      waiting.get(number)?.resolve(tags);
      waiting.delete(number);
    });
    worker.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    });
    return worker;
  });
  return {
    // While one batch is worked at, the next lies ready.
    width: threads * 2,
    tagsOf: (identities) => {
      const number = next++;
      const answer = Promise.withResolvers<BigUint64Array>();
      waiting.set(number, answer);
      workers[number % threads]?.postMessage({ number, identities });
      return answer.promise;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
