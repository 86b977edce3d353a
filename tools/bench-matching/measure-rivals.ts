import { percentile } from '../bench/bench.ts';
import { classifyAtRecall, classifyBest } from './classify.ts';
import { ask } from './measure-searches.ts';
import { lookalikeFigures } from './pair-figures.ts';
import type { RivalMeasures } from './rival-table.ts';
import type { Population } from './population.ts';
import { recallAt } from './rank.ts';
import type { LabelledPair, PairTable } from './read-pairs.ts';
import type { Query } from './read-searches.ts';
import { groupsOf } from './recall.ts';
import type { PairScorer } from './scorer.ts';
import type { Searcher } from './searcher.ts';

interface Cell {
  readonly value: number;
  readonly n: number;
}

/** F1 at the threshold that is best on these very pairs, which helps a rival, and precision at 95 % recall. */
export async function measureScorer(
  { name, tables, score }: PairScorer,
  pairsOf: ReadonlyMap<PairTable, readonly LabelledPair[]>,
): Promise<RivalMeasures> {
  const values = new Map<string, Cell>();
  for (const table of tables) {
    const pairs = pairsOf.get(table);
    if (pairs === undefined) continue;
    const scores = await score(pairs);
    const judged = pairs.map(({ same, kind }, at) => ({ score: scores[at] ?? 0, probability: 0, same, kind }));
    const best = classifyBest(judged);
    values.set(`${table}.f1`, { value: best.f1, n: pairs.length });
    values.set(`${table}.p95r`, { value: classifyAtRecall(judged, 0.95).precision, n: pairs.length });
    if (table !== 'pairs') continue;
    for (const { name, value, n } of lookalikeFigures(judged, best.threshold)) values.set(name, { value, n });
  }
  return { name, values };
}

/** Fills a searcher, measures it and lets it go. */
export async function measureSearcher(
  searcher: Searcher,
  { batches }: Population,
  queries: readonly Query[],
): Promise<RivalMeasures> {
  try {
    for await (const stored of batches()) await searcher.put(stored);
    await searcher.ready();
    return await measureFilled(searcher, queries);
  } finally {
    await searcher.close();
  }
}

/** Recall and times of these queries, by name alone. */
export async function measureFilled(searcher: Searcher, queries: readonly Query[]): Promise<RivalMeasures> {
  const named = queries.map((query) => ({ query, identity: query.name }));
  const { ranked, times } = await ask(searcher, named);
  const values = new Map<string, Cell>();
  for (const group of ['all', 'cross']) {
    const ranks = ranked.flatMap(({ query, rank }) => (groupsOf(query).includes(group) ? [rank] : []));
    if (ranks.length === 0) continue;
    values.set(`r1.${group}`, { value: recallAt(ranks, 1), n: ranks.length });
    values.set(`r10.${group}`, { value: recallAt(ranks, 10), n: ranks.length });
  }
  values.set('query.p50', { value: percentile(times, 0.5), n: times.length });
  values.set('query.p95', { value: percentile(times, 0.95), n: times.length });
  return { name: searcher.name, values };
}
