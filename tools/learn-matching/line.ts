import type { Example } from './boosting.ts';

/** A straight line on the logistic scale: what the trees start from. */
export type Line = { readonly bias: number; readonly slopes: readonly number[] };

const ROUNDS = 300;
const PENALTY = 20;

/** Logistic regression on the named features by gradient steps scaled to each feature's curvature; other slopes are 0. */
export function learnLine(examples: readonly Example[], used: readonly number[]): Line {
  const width = examples[0]?.x.length ?? 0;
  const slopes = Array.from({ length: width }, () => 0);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = slopes.map((slope) => -PENALTY * slope);
    const curvature = slopes.map(() => PENALTY);
    let [biasGradient, biasCurvature] = [0, 1];
    for (const { x, y, weight } of examples) {
      const p = 1 / (1 + Math.exp(-lineAt({ bias, slopes }, x)));
      biasGradient += weight * (y - p);
      biasCurvature += weight * p * (1 - p);
      for (const f of used) {
        const value = x[f] ?? 0;
        gradient[f] = (gradient[f] ?? 0) + weight * (y - p) * value;
        curvature[f] = (curvature[f] ?? 0) + weight * p * (1 - p) * value * value;
      }
    }
    for (const f of used)
      slopes[f] = (slopes[f] ?? 0) + (0.5 * (gradient[f] ?? 0)) / (used.length * (curvature[f] ?? 1));
    bias += (0.5 * biasGradient) / biasCurvature;
  }
  return { bias, slopes };
}

export function lineAt({ bias, slopes }: Line, x: Float64Array): number {
  let sum = bias;
  for (const [f, slope] of slopes.entries()) if (slope !== 0) sum += slope * (x[f] ?? 0);
  return sum;
}
