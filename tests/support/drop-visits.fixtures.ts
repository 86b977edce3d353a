import { join } from 'node:path';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import type { DeadDrop } from '../../packages/station/src/adapters/dead-drop.ts';
import type { AttachmentCustody } from '../../packages/station/src/custody/attachments/attachment-custody.ts';
import { AttachmentReception } from '../../packages/station/src/custody/attachments/receive-attachment.ts';
import type { DropVisit } from '../../packages/station/src/exchange/link/exchange-by-drop.ts';
import { visitDrop } from '../../packages/station/src/exchange/visit-drop.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** A station's visits to a dead drop, one at each call; it has no attachments. */
export function visitor({ parts, relation, folder }: TestStation, drop: DeadDrop): () => Promise<DropVisit> {
  const custody: AttachmentCustody = {
    database: parts.database,
    blobs: blobsFolder(join(folder, 'blobs')),
    parts: join(folder, 'parts'),
    crypto: parts.crypto,
    storage: { identity: '', recipient: '' },
    openWithSealingKey: () => Promise.reject(new Error('no file is sent here')),
    now: () => parts.clock.now(),
    onPresent: () => Promise.resolve(),
  };
  return () => visitDrop(parts, relation, drop, custody, new AttachmentReception(custody));
}
