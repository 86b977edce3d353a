import { figureOf, type Figure } from './figure.ts';
import { meanReciprocalRank, recallAt } from './rank.ts';
import type { Query } from './read-searches.ts';

/** A query and where the stored one that it wants came. */
export interface Ranked {
  readonly query: Query;
  readonly rank: number;
}

/** The groups a query is counted in; cross: in the other script, of the Arab countries and the Maghreb. */
export function groupsOf({ direction, region }: Query): readonly string[] {
  const [asked, stored] = direction.split('>');
  const isCross = asked !== stored && (region === 'arab' || region === 'maghreb');
  return ['all', ...(isCross ? ['cross'] : []), region, direction];
}

/** Recall within 1, 10 and 50 and the mean reciprocal rank of each group; `suffix` tells name-only from dated. */
export function recallFigures(ranked: readonly Ranked[], stored: number, suffix: string): readonly Figure[] {
  const groups = new Map<string, number[]>();
  for (const { query, rank } of ranked) {
    for (const group of groupsOf(query)) groups.getOrInsertComputed(group, () => []).push(rank);
  }
  return [...groups]
    .toSorted(byGroup)
    .flatMap(([group, ranks]) =>
      measuresOf(ranks).map(([measure, value]) =>
        figureOf({ name: `${measure}.${group}${suffix}`, value, unit: '', n: ranks.length }, stored),
      ),
    );
}

function measuresOf(ranks: readonly number[]): readonly (readonly [string, number])[] {
  return [
    ['r1', recallAt(ranks, 1)],
    ['r10', recallAt(ranks, 10)],
    ['r50', recallAt(ranks, 50)],
    ['mrr', meanReciprocalRank(ranks)],
  ];
}

const first = ['all', 'cross', 'maghreb'];

function byGroup([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return placeOf(one) - placeOf(other) || (one < other ? -1 : 1);
}

function placeOf(group: string): number {
  const place = first.indexOf(group);
  return place === -1 ? first.length : place;
}
