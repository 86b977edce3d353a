import type { Data, Row } from './data.ts';
import type { Example } from './boosting.ts';
import { FOLDS, foldsOf } from './folds.ts';
import { findingOf, learnBirths, writeBirths } from './learn-births.ts';
import type { DatedPair } from './learn-births.ts';
import { PLAN, evidenceBy, featuresOf, learnNames } from './learn-names.ts';
import { report } from './report.ts';
import { writeModel } from './write-model.ts';

/** A name and itself is one person, unless it is a namesake: enough of them to be learned, too few to lead. */
const ITSELF_WEIGHT = 0.6;

type Pair = { readonly row: Row; readonly fold: number; readonly example: Example };

/** The hard cases of another project are few: each counts thrice. */
const CASE_WEIGHT = 3;
/** Look-alike given names are few too, and arrests have been made on them. */
const LOOKALIKE_WEIGHT = 1.5;

/** Evidence of the features of two names, by a model that saw no pair of the person who bears `name`. In nats. */
export type UnseenEvidence = (name: string, x: Float64Array) => number;

/**
 * Learns how the parts of names add up, and then what dates add to that. Every figure printed, and every name's evidence that the
 * dates are learned beside, comes from a model that saw no name of the same person.
 */
export function learnScores(data: Data, modelTarget: string, birthsTarget: string): UnseenEvidence {
  const foldOf = foldsOf([...data.pairs, ...data.cases, ...data.identityPairs]);
  const pair = (row: Row, weight: number): Pair => ({
    row,
    fold: foldOf(row),
    example: { x: featuresOf(row['name_a'] ?? '', row['name_b'] ?? ''), y: Number(row['label']), weight },
  });
  const pairs = data.pairs.map((row) => pair(row, row['kind'] === 'neg_confusable' ? LOOKALIKE_WEIGHT : 1));
  const cases = data.cases.map((row) => pair(row, CASE_WEIGHT));
  const all = [...pairs, ...cases, ...itself(data.index, foldOf)];
  const unseen = Array.from({ length: FOLDS }, (_, fold) =>
    learnNames(all.filter((one) => one.fold !== fold).map((one) => one.example)),
  );
  const evidenceIn = (fold: number, x: Float64Array): number => {
    const model = unseen[fold];
    if (model === undefined) throw new Error(`no model for fold ${fold}`);
    return evidenceBy(model, x);
  };
  const evidence = ({ fold, example }: Pair): number => evidenceIn(fold, example.x);
  report(
    'pairs',
    pairs.map((one) => ({ same: one.example.y === 1, evidence: evidence(one) })),
  );
  report(
    'cases',
    cases.map((one) => ({ same: one.example.y === 1, evidence: evidence(one) })),
  );
  const alike = pairs.filter((one) => one.row['kind'] === 'neg_confusable');
  console.log(`look-alikes told apart ${(alike.filter((one) => evidence(one) < 0).length / alike.length).toFixed(3)}`);

  const dated = data.identityPairs.map((row): DatedPair & { readonly fold: number } => {
    const one = pair(row, 1);
    return {
      fold: one.fold,
      nameEvidence: evidence(one),
      births: [row['dob_a'] ?? '', row['dob_b'] ?? ''],
      same: row['label'] === '1',
    };
  });
  reportDated(dated);
  writeBirths(learnBirths(dated), birthsTarget);

  const examples = all.map((one) => one.example);
  const { line, trees } = learnNames(examples);
  writeModel(line.bias, line.slopes, trees, examples, PLAN.depth, modelTarget);
  return (name, x) => evidenceIn(foldOf({ name_a: name }), x);
}

/** The tables leave out pairs that are spelled alike, and so would a model learn nothing of them. */
function itself(index: readonly Row[], foldOf: (row: Row) => number): readonly Pair[] {
  return index.map((row) => {
    const same = { label: '1', name_a: row['name'] ?? '', name_b: row['name'] ?? '' };
    return {
      row: same,
      fold: foldOf(same),
      example: { x: featuresOf(same.name_a, same.name_b), y: 1, weight: ITSELF_WEIGHT },
    };
  });
}

function reportDated(dated: readonly (DatedPair & { readonly fold: number })[]): void {
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const levels = learnBirths(dated.filter((pair) => pair.fold !== fold));
    return dated
      .filter((pair) => pair.fold === fold)
      .map((pair) => ({ same: pair.same, evidence: pair.nameEvidence + (levels[findingOf(pair.births)] ?? 0) }));
  });
  report('identities', judged.flat());
}
