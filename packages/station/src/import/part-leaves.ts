import type { Property } from './imported-draft.ts';

/**
 * Deals the leaves of one source out to the drafts made of it: what lies below a draft's own place is its own; what lies
 * below none (an envelope, a server's settings) goes with the first.
 */
export function partLeaves(leaves: readonly Property[], places: readonly string[]): readonly (readonly Property[])[] {
  const parts: Property[][] = places.map(() => []);
  const own = new Map(places.map((place, i) => [place, i]));
  for (const leaf of leaves) {
    let place = leaf.place;
    while (place !== '' && !own.has(place)) place = place.slice(0, place.lastIndexOf('/'));
    parts[own.get(place) ?? 0]?.push(leaf);
  }
  return parts;
}
