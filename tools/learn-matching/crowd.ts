import { invent } from '../bench-matching/invented.ts';
import type { Searches } from '../bench-matching/read-searches.ts';
import { HeldIdentities } from '../../packages/matching/src/search/held-identities.ts';
import { SearchRefusal } from '../../packages/matching/src/search/search-refusal.ts';

/** Another than that which figures are measured in. */
const SEED = '2';

/** Whom the queries want and real others, in a crowd of `count` invented ones. */
export async function holdCrowd({ stored }: Searches, generator: string, count: number): Promise<HeldIdentities> {
  const held = new HeldIdentities(stored.length + count);
  for (const { id, identity } of stored) {
    try {
      held.put(id, identity);
    } catch (error) {
      if (!(error instanceof SearchRefusal)) throw error;
    }
  }
  for await (const batch of invent(generator, count, { seed: SEED }))
    for (const { id, identity } of batch) held.put(id, identity);
  held.settle();
  return held;
}
