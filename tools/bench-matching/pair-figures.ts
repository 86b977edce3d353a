import { calibrationError, type Estimated } from './calibration.ts';
import { classifyAt, classifyAtRecall, classifyBest, type Judged } from './classify.ts';
import { figureOf, type Figure } from './figure.ts';

/** A pair of a table after the product compared it. */
export interface Compared extends Judged, Estimated {
  readonly kind: string;
}

const bins = 10;

/** F1, precision and recall at the product's own threshold, the best F1 of any, and the precision at 95 % recall. */
export function classificationFigures(table: string, judged: readonly Judged[], threshold: number): readonly Figure[] {
  const own = classifyAt(judged, threshold);
  const best = classifyBest(judged);
  const figures = {
    f1: own.f1,
    precision: own.precision,
    recall: own.recall,
    'f1.best': best.f1,
    'threshold.best': best.threshold,
    p95r: classifyAtRecall(judged, 0.95).precision,
  };
  return Object.entries(figures).map(([name, value]) => share(`${table}.${name}`, value, judged.length));
}

/** Of the pairs of each kind the share that the threshold puts on the right side. */
export function kindFigures(table: string, compared: readonly Compared[], threshold: number): readonly Figure[] {
  return [...Map.groupBy(compared, ({ kind }) => kind)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, all]) => share(`${table}.right.${kind}`, shareRight(all, threshold), all.length));
}

/**
 * Look-alike given names told apart: the share of `neg_confusable` pairs that score under the threshold; and what that costs, the
 * share of positives that score under it too.
 */
export function lookalikeFigures(compared: readonly Compared[], threshold: number): readonly Figure[] {
  const alike = compared.filter(({ kind }) => kind.startsWith('neg_confusable'));
  const positives = compared.filter(({ same }) => same);
  if (alike.length === 0) return [];
  return [
    share('lookalike', shareRight(alike, threshold), alike.length),
    share('lookalike.lost', 1 - shareRight(positives, threshold), positives.length),
    share('lookalike.auc', shareAbove(positives, alike), alike.length),
  ];
}

/** The calibration error over all tables together, then of each. */
export function calibrationFigures(tables: ReadonlyMap<string, readonly Compared[]>): readonly Figure[] {
  const all = [...tables.values()].flat();
  return [
    share('calibration', calibrationError(all, bins), all.length),
    ...[...tables].map(([table, one]) => share(`calibration.${table}`, calibrationError(one, bins), one.length)),
  ];
}

function share(name: string, value: number, n: number): Figure {
  return figureOf({ name, value, unit: '', n }, 0);
}

function shareRight(compared: readonly Compared[], threshold: number): number {
  return compared.filter(({ score, same }) => score >= threshold === same).length / compared.length;
}

/** How often one of the first scores above one of the others, alike counting half. */
function shareAbove(some: readonly Judged[], others: readonly Judged[]): number {
  const sum = some.reduce(
    (sum, { score }) =>
      sum + others.reduce((sum, other) => sum + (score > other.score ? 1 : score === other.score ? 0.5 : 0), 0),
    0,
  );
  return sum / (some.length * others.length);
}
