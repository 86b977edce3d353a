import { align } from './alignment.ts';
import { fillFeatures } from './name-features.ts';
import { modelEvidence } from './name-model.ts';
import type { PreparedName } from './prepared-name.ts';

/** The evidence of two names with the prior of a pair picked for likeness, in nats. Symmetric. Leaves what it saw in `features`. */
export function nameEvidence(a: PreparedName, b: PreparedName): number {
  const swapped = a.written > b.written;
  const [left, right] = [swapped ? b : a, swapped ? a : b];
  return modelEvidence(fillFeatures(left, right, align(left, right)));
}
