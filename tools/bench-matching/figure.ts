import { targetOf } from './targets.ts';

/** One measured figure beside its target and the best that was known. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many queries, pairs or identities it was measured over. */
  readonly n: number;
  /** How many identities were stored; 0 where none are searched. */
  readonly stored: number;
  /** The value by the target, by the best known where there is no target, and otherwise null. */
  readonly ratio: number | null;
  readonly against: string;
  /** Undefined where there is no target. */
  readonly met: boolean | undefined;
}

type Measured = Pick<Figure, 'name' | 'value' | 'unit' | 'n'>;

export function figureOf(measured: Measured, stored: number): Figure {
  const { value, unit } = measured;
  const { atLeast, atMost, best } = targetOf(measured.name, stored);
  const limit = atLeast ?? atMost;
  const beside = limit ?? best;
  const words = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast} ${unit}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost} ${unit}`]),
    ...(best === undefined ? [] : [`best known ${best} ${unit}`]),
  ].map((word) => word.trimEnd());
  return {
    ...measured,
    stored,
    ratio: beside === undefined ? null : value / beside,
    against: words.length === 0 ? 'no target' : words.join('; '),
    met: atLeast !== undefined ? value >= atLeast : atMost !== undefined ? value <= atMost : undefined,
  };
}

/** For people: one line. */
export function lineOf({ name, value, unit, n, ratio, against, met }: Figure): string {
  const mark = met === undefined ? '·' : met ? '✔' : '✖';
  const said = `${mark} ${name.padEnd(34)} ${String(rounded(value)).padStart(11)} ${unit.padEnd(10)}`;
  return `${said} ${ratio === null ? '' : `× ${ratio.toFixed(2)} of: `}${against}  (n = ${n})`;
}

/** For machines: one object. */
export function objectOf({ name, value, unit, n, stored, ratio, against }: Figure): string {
  const shown = ratio === null ? null : Number(ratio.toFixed(3));
  return JSON.stringify({ name, value: rounded(value), unit, n, ratio: shown, against, stored });
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
