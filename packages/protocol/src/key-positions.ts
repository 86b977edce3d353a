import type { EffectiveTime, TimedLeaf } from './effective-time.ts';
import type { Instant } from './identifiers.ts';
import { largestCut } from './line.ts';
import type { Cut } from './line.ts';

/**
 * Turns the moment of a compromise into positions (PROTOCOL §4.2): of each channel, the entries whose receipt by the
 * counterpart is at or before T1. What lies beyond is suspect.
 * @param times effective times of the same leaves, as `effectiveTimes` gives them; a thief's claimed times prove nothing
 */
export function positionsAt(
  t1: Instant,
  channels: readonly [readonly TimedLeaf[], readonly TimedLeaf[]],
  times: readonly [readonly EffectiveTime[], readonly EffectiveTime[]],
): Cut {
  const receipted = (by: 0 | 1): number => {
    const until = firstAfter(times[by], t1);
    return channels[by][until - 1]?.seen ?? 0;
  };
  return largestCut({ sizes: [receipted(1), receipted(0)] }, (channel, index) => channels[channel][index]?.seen ?? 0);
}

/** Effective times never fall along a channel, so halving finds the first one after an instant. */
function firstAfter(times: readonly EffectiveTime[], instant: Instant): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((times[middle]?.instant ?? Infinity) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
