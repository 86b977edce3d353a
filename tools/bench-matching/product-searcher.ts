import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { createIdentityIndex, type Identity, restoreIdentityIndex, SearchRefusal } from '@entente/matching';
import type { Hit } from './rank.ts';
import type { Stored } from './read-searches.ts';
import { proposals, type Searcher } from './searcher.ts';

const chunkBytes = 1 << 20;

/** The product's index as the benchmark fills it, keeps it in a file and asks it. */
export class ProductSearcher implements Searcher {
  readonly name = 'entente';
  readonly refused: string[] = [];
  #index = createIdentityIndex();

  async put(stored: readonly Stored[]): Promise<void> {
    try {
      this.#index.putAll(stored.map(({ id, identity }) => [id, identity] as const));
    } catch (error) {
      if (!(error instanceof SearchRefusal)) throw error;
      for (const one of stored) this.#putAlone(one);
    }
  }

  async ready(): Promise<void> {}

  async search(query: Identity): Promise<readonly Hit[]> {
    const candidates = this.#index.search(query, { limit: proposals });
    return candidates.map(({ key, standing }) => ({ id: key, score: standing }));
  }

  async close(): Promise<void> {
    this.#index = createIdentityIndex();
  }

  /** @returns how many bytes */
  keepIn(file: string): number {
    const descriptor = openSync(file, 'w');
    try {
      let bytes = 0;
      for (const chunk of this.#index.snapshot()) bytes += writeSync(descriptor, chunk);
      return bytes;
    } finally {
      closeSync(descriptor);
    }
  }

  bringBackFrom(file: string): void {
    this.#index = restoreIdentityIndex(chunksOf(file));
  }

  #putAlone({ id, identity }: Stored): void {
    if (this.#index.has(id)) return;
    try {
      this.#index.put(id, identity);
    } catch (error) {
      if (!(error instanceof SearchRefusal)) throw error;
      this.refused.push(`${id}: ${error.code}`);
    }
  }
}

function* chunksOf(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(chunkBytes);
      const length = readSync(descriptor, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}
