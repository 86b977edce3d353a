import { readName } from '../../packages/matching/src/names/reading.ts';
import { align } from '../../packages/matching/src/score/alignment.ts';
import { NAME_FEATURES, fillFeatures } from '../../packages/matching/src/score/name-features.ts';
import { prepareName } from '../../packages/matching/src/score/prepared-name.ts';
import type { PreparedName } from '../../packages/matching/src/score/prepared-name.ts';
import { boost, treeValue } from './boosting.ts';
import type { BoostingPlan, Example, Tree } from './boosting.ts';
import { learnLine, lineAt } from './line.ts';
import type { Line } from './line.ts';

export const PLAN: BoostingPlan = { trees: 150, depth: 5, rate: 0.1, leafPenalty: 4, leastWeight: 6 };

export type NameModel = { readonly line: Line; readonly trees: readonly Tree[] };

/** What the straight line is drawn through: more of the first two is always more. */
const ALONG = ['rare-agreement', 'worst-share', 'short-left-over-rarity', 'long-left-over-rarity'] as const;

export function learnNames(examples: readonly Example[]): NameModel {
  const line = learnLine(
    examples,
    ALONG.map((feature) => NAME_FEATURES.indexOf(feature)),
  );
  return {
    line,
    trees: boost(
      examples,
      Float64Array.from(examples, ({ x }) => lineAt(line, x)),
      PLAN,
    ),
  };
}

export function evidenceBy({ line, trees }: NameModel, x: Float64Array): number {
  return trees.reduce((sum, tree) => sum + treeValue(tree, x), lineAt(line, x));
}

const prepared = new Map<string, PreparedName>();

/** The features of two names as written; a name that is refused has no words. */
export function featuresOf(first: string, second: string): Float64Array {
  const [left, right] = first <= second ? [prepare(first), prepare(second)] : [prepare(second), prepare(first)];
  return Float64Array.from(fillFeatures(left, right, align(left, right)));
}

function prepare(written: string): PreparedName {
  const known = prepared.get(written);
  if (known !== undefined) return known;
  const reading = readName(written);
  const name = prepareName(written, reading.kind === 'name' ? reading.tokens : [], undefined);
  prepared.set(written, name);
  return name;
}
