import { Refusal } from '@entente/protocol';
import { openSealed, parcelLimits } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';

/**
 * Opens a sealed parcel with our newest sealing key, or an older one that is not destroyed yet.
 * @throws Refusal `seal-unopenable`: the sender is to seal again to our newest key; `too-large` before any work
 */
export async function openSealedParcel(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Uint8Array> {
  for (const { identity } of relation.sealing().toReversed()) {
    try {
      return await openSealed(parts.crypto, identity, sealed, parcelLimits.plaintext);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'seal-unopenable') throw error;
    }
  }
  throw new Refusal('seal-unopenable', { where: 'parcel' });
}
