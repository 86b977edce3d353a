import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Identity } from '@entente/matching';
import { SeenNumbers } from './seen-numbers.ts';

/** Threads that evaluate a set under one secret. */
export interface TagWorkers {
  /** How many calls keep all threads at work. */
  readonly width: number;
  /** The tags of all match keys of identities, but for keys that came before: the same person on another list costs nothing. */
  tagsOf(identities: readonly Identity[]): Promise<BigUint64Array>;
  close(): Promise<void>;
}

/** What a thread says of a batch: its keys' hashes, 8 bytes each, then the tags that were wanted. */
type Said =
  | { readonly number: number; readonly hashes: Uint8Array }
  | { readonly number: number; readonly tags: BigUint64Array };

interface Batch {
  readonly number: number;
  readonly identities: readonly Identity[];
}

/** @param threads one for each processor, where nothing is said */
export function startTagWorkers(secret: Uint8Array, threads: number = availableParallelism()): TagWorkers {
  const waiting = new Map<number, PromiseWithResolvers<BigUint64Array>>();
  const queue: Batch[] = [];
  const seen = new SeenNumbers();
  const workers = Array.from({ length: threads }, start);
  // While one batch is worked at, the next lies ready; whoever is done first takes what comes next.
  const free = [...workers, ...workers];
  let next = 0;
  return {
    width: threads * 4,
    tagsOf: (identities) => {
      const number = next++;
      const answer = Promise.withResolvers<BigUint64Array>();
      // If another batch fails first, nobody waits for this one any more.
      answer.promise.catch(() => {});
      waiting.set(number, answer);
      queue.push({ number, identities });
      give();
      return answer.promise;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };

  function start(): Worker {
    const worker = new Worker(new URL('tag-worker.ts', import.meta.url), { workerData: { secret } });
    worker.on('message', (said: Said) => {
      if ('hashes' in said) {
        const wanted = newAmong(said.hashes);
        worker.postMessage({ number: said.number, wanted }, [wanted.buffer]);
        return;
      }
      waiting.get(said.number)?.resolve(said.tags);
      waiting.delete(said.number);
      free.push(worker);
      give();
    });
    worker.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    });
    return worker;
  }

  function give(): void {
    for (let batch = queue[0]; batch !== undefined && free.length > 0; batch = queue[0]) {
      free.shift()?.postMessage(queue.shift());
    }
  }

  /** Two keys meet in 64 bits as rarely as two tags do. */
  function newAmong(hashes: Uint8Array): Uint8Array<ArrayBuffer> {
    const view = new DataView(hashes.buffer, hashes.byteOffset, hashes.length);
    return Uint8Array.from({ length: hashes.length / 8 }, (_, at) =>
      seen.add(view.getUint32(at * 8), view.getUint32(at * 8 + 4)) ? 1 : 0,
    );
  }
}
