import { writeFileSync } from 'node:fs';
import { readBirthDate } from '../../packages/matching/src/dates/birth-date.ts';
import { BIRTH_FINDINGS, BIRTH_MISSING, compareBirths } from '../../packages/matching/src/dates/compare-births.ts';
import type { BirthFinding } from '../../packages/matching/src/dates/compare-births.ts';

export type DatedPair = {
  readonly nameEvidence: number;
  readonly births: readonly [string, string];
  readonly same: boolean;
};

/** Findings that the training pairs hold too few of to learn from, in nats. */
const SET_BY_HAND: Partial<Record<BirthFinding, number>> = {
  'one-figure-differs': -0.5,
  'same-day-other-year': -2.5,
  'same-year-other-day': -2,
  missing: 0,
};
const ROUNDS = 300;
/** One person more for every finding, with a name of this evidence: files hold worse slips than the training pairs do. */
const DOUBTED_NAME = 3;
/** As much doubt as half a pair on each side. */
const PENALTY = 0.3;

/** Logistic regression of one person on what the dates say, given the evidence of the names. In nats by `BIRTH_FINDINGS`. */
export function learnBirths(pairs: readonly DatedPair[]): number[] {
  const doubt = BIRTH_FINDINGS.map((_, finding) => ({ nameEvidence: DOUBTED_NAME, finding, same: true }));
  const compared = [
    ...pairs.map(({ nameEvidence, births, same }) => ({ nameEvidence, same, finding: findingOf(births) })),
    ...doubt,
  ];
  const levels = BIRTH_FINDINGS.map((finding) => SET_BY_HAND[finding] ?? 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = levels.map((level) => -PENALTY * level);
    const curvature = levels.map(() => 1);
    for (const { nameEvidence, finding, same } of compared) {
      const p = 1 / (1 + Math.exp(-nameEvidence - (levels[finding] ?? 0)));
      gradient[finding] = (gradient[finding] ?? 0) + (same ? 1 : 0) - p;
      curvature[finding] = (curvature[finding] ?? 0) + p * (1 - p);
    }
    BIRTH_FINDINGS.forEach((finding, at) => {
      if (SET_BY_HAND[finding] === undefined)
        levels[at] = (levels[at] ?? 0) + (0.7 * (gradient[at] ?? 0)) / (curvature[at] ?? 1);
    });
  }
  return inOrder(levels);
}

/** A more precise agreement never says less than a vaguer one: the first findings are raised to the best behind them. */
function inOrder(levels: readonly number[]): number[] {
  const agreeing = BIRTH_FINDINGS.indexOf('one-figure-differs');
  const best = Math.max(...levels.slice(0, BIRTH_FINDINGS.indexOf('same-day-other-year')));
  return levels.map((level, at) => (at === 0 ? best + 0.2 : at < agreeing ? Math.max(level, best - 0.5) : level));
}

export function writeBirths(levels: readonly number[], target: string): void {
  const lines = levels.map((level, at) => `  ${level.toFixed(3)}, // ${BIRTH_FINDINGS[at]}`);
  writeFileSync(
    target,
    [
      '/** Written by tools/learn-matching: nats by BIRTH_FINDINGS. */',
      'export const LEARNED_BIRTH_EVIDENCE: readonly number[] = [',
      ...lines,
      '];',
      '',
    ].join('\n'),
  );
}

/** A cell may hold several dates, parted by a stroke. */
export function findingOf([left, right]: readonly [string, string]): number {
  let best = BIRTH_MISSING;
  for (const a of left.split('|').map(readBirthDate)) {
    for (const b of right.split('|').map(readBirthDate)) {
      if (a.kind === 'birth' && b.kind === 'birth') best = Math.min(best, compareBirths(a.birth, b.birth));
    }
  }
  return best;
}
