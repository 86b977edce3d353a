import { rm } from 'node:fs/promises';
import { erasingAttachments, keepErased } from '../../store/attachments.ts';
import { type AttachmentCustody, blobName, partPath } from './attachment-custody.ts';

/**
 * Removes the bytes of files whose erasure was committed (`eraseAttachmentsOf`). Run after an erasure and at every start:
 * a crash in between leaves bytes that nothing opens, and this finds them. Returns how many were removed.
 */
export async function removeErased(custody: AttachmentCustody, relation: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const files = await erasingAttachments(custody.database, relation);
    if (files.length === 0) return removed;
    for (const file of files) {
      await custody.blobs.remove(blobName(file));
      await rm(partPath(custody.parts, file), { force: true });
      await keepErased(custody.database, file);
      removed += 1;
    }
  }
}
