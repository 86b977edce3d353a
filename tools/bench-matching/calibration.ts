/** What a comparison gave as the probability of one person, beside what is known. */
export interface Estimated {
  readonly probability: number;
  readonly same: boolean;
}

/**
 * Expected calibration error: sorted by probability and cut into bins of as many each, the mean over all of how far a bin's mean
 * probability lies from its share of positives. What has the same probability stays in one bin, which then is larger.
 */
export function calibrationError(estimated: readonly Estimated[], bins: number): number {
  const sorted = estimated.toSorted((one, other) => one.probability - other.probability);
  let error = 0;
  let begun = 0;
  let surplus = 0;
  sorted.forEach(({ probability, same }, index) => {
    surplus += probability - (same ? 1 : 0);
    const end = index + 1;
    const full = end * bins >= sorted.length * (Math.floor((begun * bins) / sorted.length) + 1);
    if ((!full || sorted[end]?.probability === probability) && end < sorted.length) return;
    error += Math.abs(surplus);
    begun = end;
    surplus = 0;
  });
  return error / sorted.length;
}
