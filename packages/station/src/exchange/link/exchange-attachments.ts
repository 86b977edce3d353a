import { Refusal, type RefusalCode, type Sha256Hex } from '@entente/protocol';
import { type AttachmentCustody } from '../../custody/attachments/attachment-custody.ts';
import { giveBack } from '../../custody/attachments/give-back.ts';
import { presentAttachment } from '../../custody/attachments/open-attachment.ts';
import { type AttachmentReception } from '../../custody/attachments/receive-attachment.ts';
import {
  awaitedAttachments,
  keepDelivered,
  type StoredAttachment,
  unsentAttachments,
} from '../../store/attachments.ts';
import type { PeerClient } from './peer-client.ts';
import { peerLimits } from './peer-limits.ts';

/** One relation's files and the road they take. */
export interface AttachmentExchange {
  readonly custody: AttachmentCustody;
  readonly reception: AttachmentReception;
  readonly relation: number;
  readonly client: Pick<PeerClient, 'readOffset' | 'sendPiece' | 'fetchPiece'>;
  /** A station whose counterpart dials in as well only sends; one that alone dials out sends and fetches. */
  readonly direction: 'send' | 'send-and-fetch';
  /** Awaited before each piece: an urgent act's parcel never waits for more than one piece. */
  readonly letUrgentPass: () => Promise<void>;
}

/** What one pass came to. What was refused concerns that file only; the rest went on. */
export interface AttachmentPass {
  readonly sent: readonly Sha256Hex[];
  readonly received: readonly Sha256Hex[];
  readonly refused: readonly { readonly sealed: Sha256Hex; readonly code: RefusalCode }[];
}

// These concern one file. Everything else is the link's or the machine's trouble and ends the pass.
const ofOneFile: ReadonlySet<RefusalCode> = new Set([
  'attachment-unknown',
  'attachment-awaited',
  'body-erased',
  'gap',
  'hash-mismatch',
  'seal-unopenable',
  'too-large',
]);

/**
 * Moves what waits, oldest first, piece by piece, each from the byte where the last attempt ended. After a refusal of the
 * link it is called again and goes on from there. @throws Refusal `link-down`, `quota-exceeded`, `store-full`
 */
export async function exchangeAttachments(exchange: AttachmentExchange): Promise<AttachmentPass> {
  const { custody, relation, direction } = exchange;
  const refused: { sealed: Sha256Hex; code: RefusalCode }[] = [];
  const move = async (
    files: readonly StoredAttachment[],
    verb: (exchange: AttachmentExchange, file: StoredAttachment) => Promise<void>,
  ): Promise<readonly Sha256Hex[]> => {
    const moved: Sha256Hex[] = [];
    for (const file of files) {
      try {
        await verb(exchange, file);
        moved.push(file.sealedSha256);
      } catch (error) {
        if (!(error instanceof Refusal) || !ofOneFile.has(error.code)) throw error;
        refused.push({ sealed: file.sealedSha256, code: error.code });
      }
    }
    return moved;
  };
  const sent = await move(await unsentAttachments(custody.database, relation), send);
  const received = direction === 'send' ? [] : await move(await awaitedAttachments(custody.database, relation), fetch);
  return { sent, received, refused };
}

async function send({ custody, client, letUrgentPass }: AttachmentExchange, file: StoredAttachment): Promise<void> {
  const { sealedSha256, sealedSize } = file;
  const { file: sealed } = await presentAttachment(custody, file);
  let { have, size } = await client.readOffset(sealedSha256);
  while (have < sealedSize) {
    await letUrgentPass();
    const length = Math.min(peerLimits.chunkBytes, sealedSize - have);
    const sent: Uint8Array[] = [];
    const answer = await client.sendPiece(sealedSha256, have, length, kept(sealed.read(have, have + length), sent));
    // Whoever takes bytes and never has more would be sent the same ones for ever.
    if (answer.have !== have + length) throw new Refusal('gap', { where: sealedSha256 });
    // The counterpart has them all: nothing on the way holds them any more.
    giveBack(sent);
    ({ have, size } = answer);
  }
  if (size !== sealedSize) throw new Refusal('hash-mismatch', { where: sealedSha256, what: 'another size' });
  await keepDelivered(custody.database, file, custody.now());
}

async function* kept(
  pieces: AsyncIterable<Uint8Array>,
  into: Uint8Array[],
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) {
    into.push(piece);
    yield piece;
  }
}

async function fetch({ reception, client, letUrgentPass }: AttachmentExchange, file: StoredAttachment): Promise<void> {
  const { sealedSha256, sealedSize } = file;
  let { have } = await reception.readOffset(file);
  while (have < sealedSize) {
    await letUrgentPass();
    const piece = await client.fetchPiece(sealedSha256, have);
    if (piece.size !== sealedSize) {
      piece.leave();
      throw new Refusal('hash-mismatch', { where: sealedSha256, what: 'another size' });
    }
    const before = have;
    ({ have } = await reception.append(file, have, piece.bytes, giveBack));
    if (have <= before) throw new Refusal('gap', { where: sealedSha256 });
  }
}
