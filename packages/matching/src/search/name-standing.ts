import { STANDING_ACROSS, STANDING_WITHIN } from '../learned/standing.ts';
import type { StandingSlopes } from '../learned/standing.ts';
import { FEATURES, features, NAME_FEATURES } from '../score/name-features.ts';

const SCRIPTS = NAME_FEATURES.indexOf('scripts');
const ACROSS = 1;
for (const { features } of [STANDING_WITHIN, STANDING_ACROSS])
  if (features.length !== FEATURES) throw new Error('the learned standing has another form');

/**
 * How a name stands among all that a search met: the logarithm of its odds to be the one that is meant, but for what is
 * the same for all of them. In nats; of the two names that were compared last, whose features are read.
 * @param evidence of the two names, learned on pairs that lie side by side
 * @param judgement the first, which knows how rare the words are here and how this crowd spells them
 */
export function nameStanding(evidence: number, judgement: number): number {
  const slopes: StandingSlopes = features[SCRIPTS] === ACROSS ? STANDING_ACROSS : STANDING_WITHIN;
  let standing = slopes.always + slopes.evidence * evidence + slopes.judgement * judgement;
  for (let f = 0; f < FEATURES; f++) standing += (slopes.features[f] ?? 0) * (features[f] ?? 0);
  return standing;
}
