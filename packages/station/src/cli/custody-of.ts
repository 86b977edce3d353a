import { Refusal } from '@entente/protocol';
import { houseKeys } from '../adapters/keystore.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { sealingKeysOf } from '../custody/sealing-keys.ts';
import type { Context } from './command.ts';

/** Attachments as a station keeps them. @throws Refusal `keystore-missing` */
export async function custodyOf(
  { home, blobsOf }: Pick<Context, 'home' | 'blobsOf'>,
  parts: Parts,
  relations: readonly Relation[],
): Promise<AttachmentCustody> {
  const storage = (await home.keystore.readSealing(houseKeys)).at(-1);
  if (storage === undefined) throw new Refusal('keystore-missing', { where: home.path('keys', houseKeys) });
  return {
    database: parts.database,
    blobs: blobsOf(home),
    parts: home.path('parts'),
    crypto: parts.crypto,
    storage,
    openWithSealingKey: sealingKeysOf(parts, relations),
    now: () => parts.clock.now(),
  };
}
