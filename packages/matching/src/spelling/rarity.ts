import type { NameToken } from '../names/token.ts';
import { RARE, RARITY_HASHES, RARITY_LEVELS } from '../learned/rarity.ts';
import { STEPS_PER_NAT } from './learned-table.ts';
import { rarityKey } from './rarity-key.ts';
import { skeletonOf } from './skeleton.ts';

/** −ln of the share of name parts that are spellings of this one, in nats: *Mohamed* 4, an unheard-of name 10. */
export type RarityOf = (token: NameToken) => number;

/** Rarity as learned from lists of public persons: for whoever has no counts of their own. */
export function learnedRarityOf(token: NameToken): number {
  return rarityOfSkeleton(skeletonOf(token), token.affixes);
}

/** The same of consonant classes with what was taken off their word. */
export function rarityOfSkeleton(skeleton: string, affixes: number): number {
  return levels.get(rarityKey(skeleton, affixes)) ?? RARE;
}

const levels = new Map<number, number>();
const hashes = Uint8Array.fromBase64(RARITY_HASHES);
Uint8Array.fromBase64(RARITY_LEVELS).forEach((level, at) => {
  const [high = 0, middle = 0, low = 0] = hashes.subarray(at * 3, at * 3 + 3);
  levels.set((high << 16) | (middle << 8) | low, level / STEPS_PER_NAT);
});
