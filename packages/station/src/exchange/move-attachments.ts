import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import type { Relation } from '../custody/relation.ts';
import { exchangeAttachments } from './link/exchange-attachments.ts';
import type { PeerClient } from './link/peer-client.ts';

/** One pass over the files that wait, beside the parcels: each piece is small, so that no act waits for a file. */
export async function moveAttachments({
  custody,
  reception,
  client,
  relation,
  fetches,
}: {
  readonly custody: AttachmentCustody;
  readonly reception: AttachmentReception;
  readonly client: PeerClient;
  readonly relation: Relation;
  readonly fetches: boolean;
}): Promise<boolean> {
  const { sent, received } = await exchangeAttachments({
    custody,
    reception,
    relation: relation.number,
    client,
    direction: fetches ? 'send-and-fetch' : 'send',
    // Parcels have connections of their own; giving way between pieces lets what is ready run first.
    letUrgentPass: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return sent.length + received.length > 0;
}
