import { Refusal } from '@entente/protocol';
import { openSealed, parcelLimits } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';

/**
 * Opens a sealed parcel with our newest sealing key, or an older one that is not destroyed yet.
 * @throws Refusal `seal-unopenable`: the sender is to seal again to our newest key; `too-large` before any work
 */
export async function openSealedParcel(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Uint8Array> {
  const opened = (await tryKeys(parts, relation, sealed)) ?? (await afterReload(parts, relation, sealed));
  if (opened === undefined) throw new Refusal('seal-unopenable', { where: 'parcel' });
  return opened;
}

/** Another process of this station may have made a newer key. */
async function afterReload(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Uint8Array | undefined> {
  const newest = relation.sealing().at(-1)?.number;
  await relation.reloadSealing();
  return relation.sealing().at(-1)?.number === newest ? undefined : tryKeys(parts, relation, sealed);
}

async function tryKeys(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Uint8Array | undefined> {
  for (const { identity } of relation.sealing().toReversed()) {
    try {
      return await openSealed(parts.crypto, identity, sealed, parcelLimits.plaintext);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'seal-unopenable') throw error;
    }
  }
  return undefined;
}
