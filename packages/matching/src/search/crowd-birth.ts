import { BIRTH_FINDINGS } from '../dates/compare-births.ts';
import type { BirthFinding } from '../dates/compare-births.ts';

/**
 * What a birth date tells among strangers, in nats: one in twenty-five thousand shares the day by chance, one in seventy
 * the year. Two files laid side by side by an officer are no strangers, so that `BIRTH_EVIDENCE`, learned on such pairs, is
 * modest; whom to lay there first is another question. Set by hand, near to what choices among candidates of dated
 * searches were fitted best by.
 */
const AMONG_STRANGERS: Readonly<Record<BirthFinding, number>> = {
  'same-day': 9,
  'same-day-january-1': 5.5,
  'day-month-swapped': 6.5,
  'day-before-or-after': 6.5,
  'one-figure-differs': 3,
  'presumed-january-1': 4,
  'same-month': 6,
  'same-year': 3,
  'within-range': 3,
  'about-same-year': 3,
  'same-day-other-year': -1,
  'same-year-other-day': -2,
  'years-1': -4,
  'years-2': -4.5,
  'years-3-to-5': -7,
  'years-6-or-more': -9.5,
  missing: 0,
};

/** By the number of a finding in `BIRTH_FINDINGS`. */
export const CROWD_BIRTH_EVIDENCE: readonly number[] = BIRTH_FINDINGS.map((finding) => AMONG_STRANGERS[finding]);
