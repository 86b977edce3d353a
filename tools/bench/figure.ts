/** One measured figure beside the limit it must keep, or beside a rival measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many acts, runs or bytes it was measured over. */
  readonly n: number;
  /** The value by the limit's, or by the rival's. */
  readonly ratio: number;
  readonly against: string;
  readonly met: boolean;
}

type Measured = Pick<Figure, 'name' | 'value' | 'unit' | 'n'>;

export function atLeast(measured: Measured, limit: number): Figure {
  const { value, unit } = measured;
  return { ...measured, ratio: value / limit, against: `at least ${limit} ${unit}`, met: value >= limit };
}

export function atMost(measured: Measured, limit: number): Figure {
  const { value, unit } = measured;
  return { ...measured, ratio: value / limit, against: `at most ${limit} ${unit}`, met: value <= limit };
}

/** Beside another measure of the same run, of which it must reach a share. A share of 0 only compares. */
export function besides(
  measured: Measured,
  rival: { readonly name: string; readonly value: number },
  share: number,
): Figure {
  const ratio = measured.value / rival.value;
  const wanted = share === 0 ? '' : `, of which at least ${share}`;
  return {
    ...measured,
    ratio,
    against: `${rival.name} ${round(rival.value)} ${measured.unit}${wanted}`,
    met: ratio >= share,
  };
}

/** For people: one line. */
export function lineOf({ name, value, unit, n, ratio, against, met }: Figure): string {
  const said = `${met ? '✔' : '✖'} ${name.padEnd(44)} ${String(round(value)).padStart(9)} ${unit.padEnd(10)}`;
  return `${said} × ${ratio.toFixed(2)} of: ${against}  (n = ${n})`;
}

/** For machines: one object. */
export function objectOf({ name, value, unit, n, ratio, against }: Figure): string {
  return JSON.stringify({ name, value: round(value), unit, n, ratio: Number(ratio.toFixed(3)), against });
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
