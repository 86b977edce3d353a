import { join } from 'node:path';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import type { AttachmentCustody } from '../../packages/station/src/custody/attachments/attachment-custody.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** The custody of a station that is sent no files. */
export function custodyOfNoFiles({ parts, folder }: TestStation): AttachmentCustody {
  return {
    database: parts.database,
    blobs: blobsFolder(join(folder, 'blobs')),
    parts: join(folder, 'parts'),
    crypto: parts.crypto,
    storage: { identity: '', recipient: '' },
    openWithSealingKey: () => Promise.reject(new Error('no file is sent here')),
    now: () => parts.clock.now(),
    onPresent: () => Promise.resolve(),
  };
}
