import type { Identity } from '@entente/matching';
import { percentile } from '../bench/bench.ts';
import { figureOf, type Figure } from './figure.ts';
import { expectedRank } from './rank.ts';
import type { Query } from './read-searches.ts';
import { recallFigures, type Ranked } from './recall.ts';
import type { Searcher } from './searcher.ts';
import { shuffled } from './seeded.ts';
import { stopwatch } from './stopwatch.ts';

const warmUp = 200;

interface Asked {
  readonly query: Query;
  readonly identity: Identity;
}

/**
 * Recall and times of every query with its name only, then of those whose wanted one has a birth date with an imperfect one;
 * `mixed`: of every query, with a date where there is one.
 */
export async function measureSearches(
  searcher: Searcher,
  queries: readonly Query[],
  stored: number,
): Promise<readonly Figure[]> {
  const named = queries.map((query) => ({ query, identity: query.name }));
  const dated = queries.flatMap((query) => (query.dated === undefined ? [] : [{ query, identity: query.dated }]));
  const byName = await ask(searcher, named);
  const byDate = await ask(searcher, dated);
  const mixed = [...byDate.ranked, ...byName.ranked.filter(({ query }) => query.dated === undefined)];
  return [
    ...recallFigures(byName.ranked, stored, ''),
    ...(dated.length === 0 ? [] : recallFigures(byDate.ranked, stored, '.dated')),
    ...recallFigures(mixed, stored, '.mixed').filter(({ name }) => /\.(all|cross)\./.test(name)),
    ...timeFigures(byName, stored, ''),
    ...(dated.length === 0 ? [] : timeFigures(byDate, stored, '.dated')),
  ];
}

/** Where what was asked for came, and the time of each search in ms. */
export interface Answered {
  readonly ranked: readonly Ranked[];
  readonly times: readonly number[];
  /** Of this thread's processor, in ms, the mean over all. */
  readonly processor: number;
}

/** Asks one after the other, in an order of chance that is always the same, after others that do not count. */
export async function ask(searcher: Searcher, asked: readonly Asked[]): Promise<Answered> {
  for (const { identity } of shuffled(asked, 'warm up').slice(0, Math.min(warmUp, asked.length / 10))) {
    await searcher.search(identity);
  }
  const ranked: Ranked[] = [];
  const times: number[] = [];
  const all = stopwatch();
  for (const { query, identity } of shuffled(asked, 'order of queries')) {
    const begun = process.hrtime.bigint();
    const hits = await searcher.search(identity);
    times.push(Number(process.hrtime.bigint() - begun) / 1e6);
    ranked.push({ query, rank: expectedRank(hits, query.wanted) });
  }
  return { ranked, times, processor: (all().processor * 1000) / asked.length };
}

function timeFigures({ times, processor }: Answered, stored: number, suffix: string): readonly Figure[] {
  const values = { p50: percentile(times, 0.5), p95: percentile(times, 0.95), cpu: processor };
  return Object.entries(values).map(([measure, value]) =>
    figureOf({ name: `query.${measure}${suffix}`, value, unit: 'ms', n: times.length }, stored),
  );
}
