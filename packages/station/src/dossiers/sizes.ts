import type { Relation } from '../custody/relation.ts';
import type { HeldChannel, HeldChannels, Sizes } from '../store/folding.ts';

/** Sizes in the order of the accord, as the protocol's cuts have them. */
export function cutOf(relation: Relation, { own, theirs }: Sizes): { readonly sizes: readonly [number, number] } {
  return { sizes: relation.parties[0] === relation.own ? [own, theirs] : [theirs, own] };
}

/** A party's channel, and the other one. */
export function channelsFor(channels: HeldChannels, own: boolean): readonly [HeldChannel, HeldChannel] {
  return own ? [channels.own, channels.theirs] : [channels.theirs, channels.own];
}
