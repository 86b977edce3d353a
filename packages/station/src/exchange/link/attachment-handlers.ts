import { Refusal, type Sha256Hex } from '@entente/protocol';
import { type AttachmentCustody } from '../../custody/attachments/attachment-custody.ts';
import { type HeldAttachment, presentAttachment } from '../../custody/attachments/open-attachment.ts';
import { giveBack } from '../../custody/attachments/give-back.ts';
import { type AttachmentReception } from '../../custody/attachments/receive-attachment.ts';
import type { AttachmentHandlers } from './peer.ts';

/** What the counterpart of one relation may do with sealed files: bring what it announced, fetch what we announced. */
export function attachmentHandlers(
  custody: AttachmentCustody,
  reception: AttachmentReception,
  relation: number,
): AttachmentHandlers {
  return {
    readOffset: (sealedSha256) => reception.readOffset({ relation, own: false, sealedSha256 }),
    append: (sealedSha256, offset, bytes) =>
      reception.append({ relation, own: false, sealedSha256 }, offset, bytes, giveBack),
    read: async (sealedSha256, from, most) => {
      const { file } = await heldFile(custody, relation, sealedSha256);
      if (from >= file.size) throw new Refusal('gap', { where: 'range', what: `${file.size} bytes are here` });
      const to = Math.min(file.size, from + most);
      return { size: file.size, length: to - from, bytes: file.read(from, to) };
    },
  };
}

/** A file of ours, or else one of theirs: a counterpart restored from a backup fetches its own files back. */
async function heldFile(
  custody: AttachmentCustody,
  relation: number,
  sealedSha256: Sha256Hex,
): Promise<HeldAttachment> {
  try {
    return await presentAttachment(custody, { relation, own: true, sealedSha256 });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'attachment-unknown') throw error;
    return presentAttachment(custody, { relation, own: false, sealedSha256 });
  }
}
