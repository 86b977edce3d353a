import { Refusal } from '@entente/protocol';
import { houseKeys } from '../adapters/keystore.ts';
import { blobsFolder } from '../adapters/blobs-folder.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { sealingKeysOf } from '../custody/sealing-keys.ts';
import type { Home } from './home.ts';

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
