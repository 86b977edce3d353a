import { evidenceOf, prepareIdentity, probabilityOf } from '@entente/matching';
import type { Figure } from './figure.ts';
import {
  calibrationFigures,
  classificationFigures,
  type Compared,
  kindFigures,
  lookalikeFigures,
} from './pair-figures.ts';
import { rateFigures } from './pairs-rate.ts';
import type { LabelledPair, PairTable } from './read-pairs.ts';

/** Compares every pair of these tables with the product. */
export function measurePairs(tables: ReadonlyMap<PairTable, readonly LabelledPair[]>): readonly Figure[] {
  const figures: Figure[] = [];
  const calibrated = new Map<string, readonly Compared[]>();
  for (const [table, pairs] of tables) {
    const compared = pairs.map(compare);
    figures.push(
      ...classificationFigures(table, compared, sameEvidence),
      ...kindFigures(table, compared, sameEvidence),
    );
    if (table === 'pairs') figures.push(...lookalikeFigures(compared, sameEvidence), ...rateFigures(pairs));
    // The cases of nomenklatura are too few, and chosen for being hard.
    if (table !== 'nk') calibrated.set(table, compared);
  }
  return calibrated.size === 0 ? figures : [...figures, ...calibrationFigures(calibrated)];
}

/** What is taken for one person, in nats of evidence: even odds. */
const sameEvidence = 0;

function compare({ left, right, same, kind }: LabelledPair): Compared {
  const evidence = evidenceOf(prepareIdentity(left), prepareIdentity(right));
  return { score: evidence, probability: probabilityOf(evidence), same, kind };
}
