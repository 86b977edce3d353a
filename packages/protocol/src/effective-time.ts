import type { Instant } from './identifiers.ts';

/** How far a claimed time may lie beyond the counterpart's first leaf that saw it, in milliseconds (PROTOCOL §3.5). */
export const clockTolerance = 120_000;

/** The time that legal clocks read. `excess` is by how many milliseconds a claimed time is disputed, 0 where it is not. */
export interface EffectiveTime {
  readonly instant: Instant;
  readonly standing: 'provisional' | 'final';
  readonly excess: number;
}

/** What order and time need of a leaf. */
export interface TimedLeaf {
  readonly time: Instant;
  readonly seen: number;
}

/**
 * The effective time of one leaf (PROTOCOL §3.5): its own, not above the claimed time of the counterpart's first leaf
 * seeing it + 120 s, and never below those before it.
 * @param before the effective times of the leaf before it in its channel and of the last one it saw, where they exist
 * @param firstSeeing the claimed time of the counterpart's first leaf that sees it; undefined until one does
 */
export function effectiveTime(
  claimed: Instant,
  before: readonly Instant[],
  firstSeeing: Instant | undefined,
): EffectiveTime {
  const limit = firstSeeing === undefined ? Infinity : firstSeeing + clockTolerance;
  // No way back wins over no way forward: an order of instants that contradicts the order of acts helps nobody.
  const instant = Math.max(Math.min(claimed, limit), ...before) as Instant;
  const excess = Math.max(0, claimed - limit);
  return { instant, standing: firstSeeing === undefined ? 'provisional' : 'final', excess };
}

/** Effective times of all leaves of both channels of a cut, each list in the order of its channel. */
export function effectiveTimes(
  channels: readonly [readonly TimedLeaf[], readonly TimedLeaf[]],
): readonly [readonly EffectiveTime[], readonly EffectiveTime[]] {
  const times: [EffectiveTime[], EffectiveTime[]] = [[], []];
  const firstSeeing = [firstTimesSeeing(channels[1]), firstTimesSeeing(channels[0])] as const;
  for (const [channel, index] of inCausalOrder(channels)) {
    const leaf = channels[channel][index];
    if (leaf === undefined) continue;
    const own = times[channel][index - 1];
    const seen = times[channel === 0 ? 1 : 0][leaf.seen - 1];
    const before = [own, seen].filter((time) => time !== undefined).map((time) => time.instant);
    times[channel].push(effectiveTime(leaf.time, before, firstSeeing[channel](index)));
  }
  return times;
}

/**
 * The alarm of PROTOCOL §3.3: a leaf that claims to have seen less than its author had cosigned by then, so it hides what it knew.
 * @param cosignatures the author's own cosignatures of the counterpart's checkpoints, each with its claimed time
 */
export function cosignedBeyondSeen<Cosigned extends { readonly size: number; readonly time: Instant }>(
  leaf: TimedLeaf,
  cosignatures: Iterable<Cosigned>,
): Cosigned | undefined {
  for (const cosigned of cosignatures) {
    if (cosigned.size > leaf.seen && cosigned.time < leaf.time) return cosigned;
  }
  return undefined;
}

/** For each index of the other channel: the time of the first leaf here that sees it. *seen* never decreases. */
function firstTimesSeeing(leaves: readonly TimedLeaf[]): (index: number) => Instant | undefined {
  const times: Instant[] = [];
  for (const leaf of leaves) while (times.length < leaf.seen) times.push(leaf.time);
  return (index) => times[index];
}

function* inCausalOrder(
  channels: readonly [readonly TimedLeaf[], readonly TimedLeaf[]],
): Generator<readonly [0 | 1, number]> {
  const done: [number, number] = [0, 0];
  for (let moved = true; moved;) {
    moved = false;
    for (const channel of [0, 1] as const) {
      for (let leaf = channels[channel][done[channel]]; leaf !== undefined; leaf = channels[channel][done[channel]]) {
        if (leaf.seen > done[channel === 0 ? 1 : 0]) break;
        yield [channel, done[channel]++];
        moved = true;
      }
    }
  }
}
