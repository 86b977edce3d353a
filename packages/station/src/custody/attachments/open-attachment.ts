import { createHash } from 'node:crypto';
import { Refusal } from '@entente/protocol';
import { openChunks, openPayloadKey, openSealed, type PayloadKey, plaintextSize, streamLayout } from '@entente/wire';
import type { Source } from '../../adapters/source.ts';
import { type AttachmentKey, readAttachment, type StoredAttachment } from '../../store/attachments.ts';
import { type AttachmentCustody, blobName } from './attachment-custody.ts';
import { readKeptKey } from './kept-key.ts';
import { readStart } from './read-start.ts';

/** A file opened. Whoever asks for it writes the read record first (invariant 8). */
export interface OpenedAttachment {
  readonly size: number;
  /** Genuine as they come; a whole read ends in `hash-mismatch` where it is not what the act announced. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Opens a file from `from` to before `to` (the whole where absent), in constant memory. The bytes are for a download only, never for
 * something that shows or runs them: decoding hostile images in this process to rebuild them would be a larger door than the
 * one it guards (invariant 6).
 * @throws Refusal `attachment-unknown`, `attachment-awaited`, `body-erased`, `seal-unopenable`, `hash-mismatch`
 */
export async function openAttachment(
  custody: AttachmentCustody,
  key: AttachmentKey,
  range?: { readonly from: number; readonly to: number },
): Promise<OpenedAttachment> {
  const { row, file } = await presentAttachment(custody, key);
  const payload = await payloadKeyOf(custody, row, file);
  const { payloadStart } = streamLayout(payload.headerLength, 0);
  const size = plaintextSize(file.size - payloadStart);
  if (size !== row.size) throw new Refusal('hash-mismatch', { where: key.sealedSha256, what: 'size of the plaintext' });
  const from = Math.min(range?.from ?? 0, size);
  const to = Math.min(range?.to ?? size, size);
  const plaintext = openRange(custody, payload, file, size, from, Math.max(from, to));
  const bytes = from === 0 && to === size ? checked(plaintext, row) : plaintext;
  return { size, bytes };
}

/** A sealed file that is here, and what is known of it. */
export interface HeldAttachment {
  readonly row: StoredAttachment;
  readonly file: Source;
}

/** The sealed file as it lies here. @throws Refusal `attachment-unknown`, `attachment-awaited`, `body-erased` */
export async function presentAttachment(
  { database, blobs }: AttachmentCustody,
  key: AttachmentKey,
): Promise<HeldAttachment> {
  const row = await readAttachment(database, key);
  const where = key.sealedSha256;
  if (row === undefined) throw new Refusal('attachment-unknown', { where });
  if (row.state === 'erased') throw new Refusal('body-erased', { where });
  const file = row.state === 'present' ? await blobs.find(blobName(key)) : undefined;
  if (file === undefined) throw new Refusal('attachment-awaited', { where });
  return { row, file };
}

async function payloadKeyOf(
  { crypto, storage }: AttachmentCustody,
  { keptKey }: StoredAttachment,
  file: Source,
): Promise<PayloadKey> {
  if (keptKey === undefined) return openPayloadKey(crypto, storage.identity, await readStart(file));
  return readKeptKey(await openSealed(crypto, storage.identity, keptKey, 64));
}

async function* openRange(
  { crypto }: AttachmentCustody,
  { key, headerLength }: PayloadKey,
  file: Source,
  size: number,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const layout = streamLayout(headerLength, size);
  const chunk = layout.chunkAt(from);
  let at = layout.plaintextStart(chunk);
  for await (const piece of openChunks(crypto, key, file.read(layout.sealedStart(chunk), file.size), chunk)) {
    const wanted = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.length;
    if (wanted.length > 0) yield wanted;
    // A whole read goes on to the last chunk, which alone proves that nothing was cut off.
    if (at >= to && to < size) return;
  }
}

async function* checked(
  plaintext: AsyncIterable<Uint8Array>,
  { sha256, sealedSha256 }: StoredAttachment,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for await (const piece of plaintext) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256) throw new Refusal('hash-mismatch', { where: sealedSha256 });
}
