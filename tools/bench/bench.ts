import type { Figure } from './figure.ts';
import type { TwoStations } from './two-stations.ts';

/** One benchmark: what it measures with two stations that run. */
export interface Bench {
  readonly name: string;
  run(stations: TwoStations, quick: boolean): Promise<readonly Figure[]>;
}

/** Of so many times the one that this share of them does not exceed. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
