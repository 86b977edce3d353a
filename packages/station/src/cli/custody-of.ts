import { Refusal } from '@entente/protocol';
import { openPayloadKey } from '@entente/wire';
import { blobsFolder } from '../adapters/blobs-folder.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import type { Home } from './home.ts';

/** The key under which a house keeps files for itself stands beside those of its relations; no relation has this name. */
export const houseKeys = '_house';

/** Attachments as a station's home keeps them. @throws Refusal `keystore-missing` */
export async function custodyOf(home: Home, parts: Parts, relations: readonly Relation[]): Promise<AttachmentCustody> {
  const storage = (await home.keystore.readSealing(houseKeys)).at(-1);
  if (storage === undefined) throw new Refusal('keystore-missing', { where: home.path('keys', houseKeys) });
  return {
    database: parts.database,
    blobs: blobsFolder(home.path('blobs')),
    parts: home.path('parts'),
    crypto: parts.crypto,
    storage,
    openWithSealingKey: sealingKeysOf(parts, relations),
    now: () => parts.clock.now(),
  };
}

/** Opens the header of a received file with one of its relation's living sealing keys. @throws Refusal `seal-unopenable` */
function sealingKeysOf({ crypto }: Parts, relations: readonly Relation[]): AttachmentCustody['openWithSealingKey'] {
  return async (number, start) => {
    const relation = relations.find((one) => one.number === number);
    for (const { identity } of relation?.sealing().toReversed() ?? []) {
      try {
        return await openPayloadKey(crypto, identity, start);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'seal-unopenable') throw error;
      }
    }
    throw new Refusal('seal-unopenable', { where: 'attachment' });
  };
}
