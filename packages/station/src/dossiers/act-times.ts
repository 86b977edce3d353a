import type { ActId, ActTime } from '@entente/protocol';
import type { Queryable } from '../store/database.ts';
import {
  type LeafTime,
  readExpressReceipts,
  readLeafTimes,
  readSightings,
  type Sighting,
} from '../store/entry-times.ts';
import type { HeldChannels, Sizes } from '../store/folding.ts';
import { seenBefore } from '../store/leaves.ts';
import { channelsFor } from './sizes.ts';

/** Where an act stands. */
export interface ActPlace {
  readonly id: ActId;
  readonly own: boolean;
  readonly index: number;
}

/**
 * When a party had acts, by its own channel alone (PROTOCOL §3.5): its own acts by the effective time of their leaf, the
 * counterpart's by that of its first leaf, or express answer, that saw the act.
 */
export interface PartyTimes {
  readonly own: ReadonlyMap<ActId, ActTime>;
  readonly theirs: ReadonlyMap<ActId, ActTime>;
}

/** Reads when each party had acts, at a cut. An act that a party has not had is missing from its times. */
export async function readActTimes(
  queryable: Queryable,
  relation: number,
  channels: HeldChannels,
  cut: Sizes,
  acts: readonly ActPlace[],
): Promise<PartyTimes> {
  const read = (own: boolean): Promise<ReadonlyMap<ActId, ActTime>> =>
    timesOf(queryable, relation, channels, cut, acts, own);
  return { own: await read(true), theirs: await read(false) };
}

async function timesOf(
  queryable: Queryable,
  relation: number,
  channels: HeldChannels,
  cut: Sizes,
  acts: readonly ActPlace[],
  own: boolean,
): Promise<ReadonlyMap<ActId, ActTime>> {
  const [{ channel }, other] = channelsFor(channels, own);
  const [size, otherSize] = own ? [cut.own, cut.theirs] : [cut.theirs, cut.own];
  const leaves = await leavesHaving(queryable, relation, channel, size, acts, own);
  const times = await readLeafTimes(queryable, relation, channel, [...new Set(leaves.values())]);
  // What the counterpart's last leaf has seen is final.
  const settled = await seenBefore(queryable, relation, other.channel, otherSize);
  return new Map(
    [...leaves].flatMap(([act, index]) => {
      const time = times.get(index);
      return time === undefined ? [] : [[act, actTime(time, index < settled)] as const];
    }),
  );
}

/** For each act the leaf of a channel by which its owner had it: its own leaf, or the first that saw it. */
async function leavesHaving(
  queryable: Queryable,
  relation: number,
  channel: number,
  size: number,
  acts: readonly ActPlace[],
  own: boolean,
): Promise<ReadonlyMap<ActId, number>> {
  const received = acts.filter((act) => act.own !== own);
  const covered = received.map(({ index }) => index + 1);
  const sightings = await readSightings(queryable, relation, channel, size, covered);
  const express = await readExpressReceipts(
    queryable,
    relation,
    channel,
    size,
    received.map(({ id }) => id),
  );
  const leaves = new Map<ActId, number>();
  for (const act of acts) {
    const having =
      act.own === own
        ? act.index
        : Math.min(firstSeeing(sightings, act.index) ?? Infinity, express.get(act.id) ?? Infinity);
    if (having < size) leaves.set(act.id, having);
  }
  return leaves;
}

/** The first of ascending sightings that has seen an index. */
function firstSeeing(sightings: readonly Sighting[], index: number): number | undefined {
  let low = 0;
  let high = sightings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sightings[middle]?.seen ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return sightings[low]?.index;
}

function actTime({ instant, excess }: LeafTime, settled: boolean): ActTime {
  return { instant, certainty: excess > 0 ? 'disputed' : settled ? 'settled' : 'provisional' };
}
