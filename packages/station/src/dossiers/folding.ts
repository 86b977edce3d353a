import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { type HeldChannel, type HeldChannels, type Sizes } from '../store/folding.ts';
import { Suspects } from './suspects.ts';

/** What folding a relation works with; one of each in a process, so that suspects are read once. */
export interface Folding {
  readonly crypto: Crypto;
  readonly relation: Relation;
  readonly suspects: Suspects;
}

export function openFolding(crypto: Crypto, relation: Relation): Folding {
  return { crypto, relation, suspects: new Suspects(crypto, relation) };
}

/** Sizes in the order of the accord, as the protocol's cuts have them. */
export function cutOf(relation: Relation, { own, theirs }: Sizes): { readonly sizes: readonly [number, number] } {
  return { sizes: relation.parties[0] === relation.own ? [own, theirs] : [theirs, own] };
}

/** The channel of a party, and the other one. */
export function channelsFor(channels: HeldChannels, own: boolean): readonly [HeldChannel, HeldChannel] {
  return own ? [channels.own, channels.theirs] : [channels.theirs, channels.own];
}
