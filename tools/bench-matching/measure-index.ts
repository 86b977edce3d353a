import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureOf, type Figure } from './figure.ts';
import { memoryHeld } from './memory.ts';
import { measureSearches } from './measure-searches.ts';
import type { Population } from './population.ts';
import { ProductSearcher } from './product-searcher.ts';
import type { Query } from './read-searches.ts';
import { stopwatch } from './stopwatch.ts';

interface Measured {
  /** The index as it came back from its snapshot. */
  readonly searcher: ProductSearcher;
  readonly figures: readonly Figure[];
}

/** The product's index over a population: what it costs to build and to hold, what it finds, and how soon it is back. */
export async function measureIndex(
  { size, batches }: Population,
  queries: readonly Query[],
  say: (what: string) => void,
): Promise<Measured> {
  const built = new ProductSearcher();
  const build = { wall: 0, processor: 0 };
  for await (const batch of batches()) {
    const putting = stopwatch();
    await built.put(batch);
    const took = putting();
    build.wall += took.wall;
    build.processor += took.processor;
  }
  const memory = memoryHeld();
  for (const refused of built.refused) say(`not stored: ${refused}`);
  const figures = await measureSearches(built, queries, size);
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-matching-'));
  try {
    const file = join(folder, 'snapshot');
    const bytes = built.keepIn(file);
    await built.close();
    const searcher = new ProductSearcher();
    const bringingBack = stopwatch();
    searcher.bringBackFrom(file);
    const restore = bringingBack();
    const costs = [
      { name: 'memory', value: memory, unit: 'bytes', n: size },
      { name: 'build', value: build.wall, unit: 's', n: size },
      { name: 'build.cpu', value: build.processor, unit: 's', n: size },
      { name: 'restore', value: restore.wall, unit: 's', n: size },
      { name: 'restore.cpu', value: restore.processor, unit: 's', n: size },
      { name: 'snapshot', value: bytes, unit: 'bytes', n: size },
    ];
    return { searcher, figures: [...figures, ...costs.map((cost) => figureOf(cost, size))] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
