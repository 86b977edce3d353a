import { largestCut } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { Queryable } from '../store/database.ts';
import type { HeldChannels, Sizes } from '../store/folding.ts';
import { type LeafRow, readLeaves, seenBefore } from '../store/leaves.ts';
import { cutOf } from './sizes.ts';

/** Leaves read at once of each channel: bounds the memory of one folding. */
export const mostLeaves = 1000;

/** One side of a piece: the leaves between two cuts, and how much of the other channel they saw before and after. */
export interface Side {
  readonly leaves: readonly LeafRow[];
  readonly sawBefore: number;
  readonly sawAfter: number;
}

/** What lies between the cut that is folded and the next. */
export interface Piece {
  readonly from: Sizes;
  readonly to: Sizes;
  readonly own: Side;
  readonly theirs: Side;
}

/** The piece after a cut: the largest one within reach that ends in a cut; undefined where nothing is left. */
export async function nextPiece(
  queryable: Queryable,
  relation: Relation,
  { own, theirs }: HeldChannels,
  from: Sizes,
): Promise<Piece | undefined> {
  if (own.size === from.own && theirs.size === from.theirs) return undefined;
  const reach = (size: number, start: number): number => Math.min(size, start + mostLeaves);
  const ours = await readLeaves(queryable, relation.number, own.channel, from.own, reach(own.size, from.own));
  const other = await readLeaves(
    queryable,
    relation.number,
    theirs.channel,
    from.theirs,
    reach(theirs.size, from.theirs),
  );
  const first = relation.parties[0] === relation.own ? 0 : 1;
  const { sizes } = largestCut(
    cutOf(relation, { own: from.own + ours.length, theirs: from.theirs + other.length }),
    // What the folded cut covers sees nothing beyond it.
    (channel, index) => (channel === first ? ours[index - from.own]?.seen : other[index - from.theirs]?.seen) ?? 0,
  );
  const to = { own: sizes[first] ?? 0, theirs: sizes[first === 0 ? 1 : 0] ?? 0 };
  return {
    from,
    to,
    own: await sideOf(queryable, relation.number, own.channel, from.own, ours.slice(0, to.own - from.own)),
    theirs: await sideOf(
      queryable,
      relation.number,
      theirs.channel,
      from.theirs,
      other.slice(0, to.theirs - from.theirs),
    ),
  };
}

async function sideOf(
  queryable: Queryable,
  relation: number,
  channel: number,
  from: number,
  leaves: readonly LeafRow[],
): Promise<Side> {
  const sawBefore = await seenBefore(queryable, relation, channel, from);
  return { leaves, sawBefore, sawAfter: leaves.at(-1)?.seen ?? sawBefore };
}
