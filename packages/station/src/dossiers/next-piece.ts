import { largestCut } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { Transaction } from '../store/database.ts';
import type { HeldChannel, HeldChannels, Sizes } from '../store/folding.ts';
import { type LeafRow, readLeaves } from '../store/leaves.ts';
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
  transaction: Transaction,
  relation: Relation,
  { own, theirs }: HeldChannels,
  from: Sizes,
): Promise<Piece | undefined> {
  if (own.size === from.own && theirs.size === from.theirs) return undefined;
  const { before: oursBefore, leaves: ours } = await readSide(transaction, relation.number, own, from.own);
  const { before: otherBefore, leaves: other } = await readSide(transaction, relation.number, theirs, from.theirs);
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
    own: sideOf(oursBefore, ours.slice(0, to.own - from.own)),
    theirs: sideOf(otherBefore, other.slice(0, to.theirs - from.theirs)),
  };
}

/** What may be folded next of a channel, and the leaf before it. */
async function readSide(
  transaction: Transaction,
  relation: number,
  { channel, size }: HeldChannel,
  from: number,
): Promise<{ readonly before: LeafRow | undefined; readonly leaves: readonly LeafRow[] }> {
  const start = Math.max(0, from - 1);
  const rows = await readLeaves(transaction, relation, channel, start, Math.min(size, from + mostLeaves));
  return { before: from === 0 ? undefined : rows[0], leaves: rows.slice(from - start) };
}

function sideOf(before: LeafRow | undefined, leaves: readonly LeafRow[]): Side {
  const sawBefore = before?.seen ?? 0;
  return { leaves, sawBefore, sawAfter: leaves.at(-1)?.seen ?? sawBefore };
}
