import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256Hex } from '@entente/protocol';
import { sealStream } from '@entente/wire';
import { type AttachmentSizes, insertStored } from '../../store/attachments.ts';
import { appendPieces } from './append-file.ts';
import { type AttachmentCustody, blobName } from './attachment-custody.ts';
import { giveBack } from './give-back.ts';

/**
 * Seals a file for the counterpart and keeps it: one pass, constant memory, plaintext and ciphertext hashed as they go by.
 * The plaintext never lies on a disk of ours. The file is sealed to our storage key as well, so that the house can open it.
 * @param recipient the counterpart's sealing recipient
 * @param most how long the plaintext may be, in bytes
 * @returns what the act's body says of it
 * @throws Refusal `too-large`, `store-full`
 */
export async function storeAttachment(
  custody: AttachmentCustody,
  relation: number,
  recipient: string,
  plaintext: AsyncIterable<Uint8Array>,
  most: number,
): Promise<AttachmentSizes> {
  await mkdir(custody.parts, { recursive: true, mode: 0o700 });
  const path = join(custody.parts, `sealing-${randomBytes(12).toString('hex')}`);
  try {
    const stored = await sealInto(path, custody, recipient, plaintext, most);
    await custody.blobs.keep(blobName({ relation, own: true, sealedSha256: stored.sealedSha256 }), path);
    await insertStored(custody.database, relation, stored, custody.now());
    return stored;
  } finally {
    await rm(path, { force: true });
  }
}

async function sealInto(
  path: string,
  { crypto, storage }: AttachmentCustody,
  recipient: string,
  plaintext: AsyncIterable<Uint8Array>,
  most: number,
): Promise<AttachmentSizes> {
  const opened = tally(plaintext);
  const sealed = tally(sealStream(crypto, [recipient, storage.recipient], opened.pieces));
  const file = await open(path, 'wx', 0o600);
  try {
    // The limit holds for the plaintext; sealing adds less than a thousandth and two recipients.
    const limit = most + Math.ceil(most / 1000) + 16_384;
    await appendPieces(file, 0, limit, sealed.pieces, giveBack);
  } finally {
    await file.close();
  }
  return { size: opened.size(), sha256: opened.sha256(), sealedSize: sealed.size(), sealedSha256: sealed.sha256() };
}

/** Counts and hashes what passes through. */
function tally(source: AsyncIterable<Uint8Array>): {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly size: () => number;
  readonly sha256: () => Sha256Hex;
} {
  const hash = createHash('sha256');
  let size = 0;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of source) {
      size += piece.length;
      hash.update(piece);
      yield piece;
    }
  }
  return { pieces: pieces(), size: () => size, sha256: () => hash.digest('hex') as Sha256Hex };
}
