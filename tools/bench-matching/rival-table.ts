import { figureOf, type Figure } from './figure.ts';
import { writeTable } from './table.ts';

/** What one method gave, by the names of our own figures. */
export interface RivalMeasures {
  readonly name: string;
  readonly values: ReadonlyMap<string, { readonly value: number; readonly n: number }>;
}

export const pairColumns = [
  'pairs.f1',
  'pairs.p95r',
  'lookalike',
  'lookalike.lost',
  'identity.f1',
  'identity.p95r',
  'nk.f1',
];
export const searchColumns = ['r1.all', 'r10.all', 'r1.cross', 'r10.cross', 'query.p50', 'query.p95'];

/** For people: the product first, then its rivals. */
export function rivalTable(columns: readonly string[], ours: RivalMeasures, rivals: readonly RivalMeasures[]): string {
  return writeTable(
    ['', ...columns],
    [ours, ...rivals].map(({ name, values }) => [
      name,
      ...columns.map((column) => {
        const cell = values.get(column);
        if (cell === undefined) return '–';
        return column.startsWith('query.') ? `${cell.value.toFixed(1)} ms` : cell.value.toFixed(2);
      }),
    ]),
  );
}

/** For machines: a figure a cell, beside the product's in the same run. */
export function rivalFigures(ours: RivalMeasures, rivals: readonly RivalMeasures[], stored: number): readonly Figure[] {
  return rivals.flatMap(({ name, values }) =>
    [...values].map(([column, { value, n }]) => {
      const own = ours.values.get(column)?.value;
      const unit = column.startsWith('query.') ? 'ms' : '';
      const figure = figureOf({ name: `${name}: ${column}`, value, unit, n }, stored);
      return own === undefined
        ? figure
        : { ...figure, ratio: value / own, against: `${ours.name} ${Number(own.toPrecision(4))}` };
    }),
  );
}
