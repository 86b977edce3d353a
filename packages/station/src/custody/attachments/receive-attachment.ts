import { constants } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { Refusal } from '@entente/protocol';
import { seal } from '@entente/wire';
import { fileSource } from '../../adapters/source.ts';
import { type AttachmentKey, keepPresent, readAttachment, type StoredAttachment } from '../../store/attachments.ts';
import { appendPieces } from './append-file.ts';
import { type AttachmentCustody, blobName, partPath } from './attachment-custody.ts';
import { GrowingHashes } from './growing-hash.ts';
import { writeKeptKey } from './kept-key.ts';
import { readStart } from './read-start.ts';

/** How much of a file is here, and how much it will be. */
export interface ReceivedSoFar {
  readonly have: number;
  readonly size: number;
}

/**
 * Takes in files that acts announced, piece by piece, from any byte on. Nothing more is believed than the act said: not one
 * byte beyond its size, and the file counts as present only once the ciphertext has its hash.
 */
export class AttachmentReception {
  readonly #custody: AttachmentCustody;
  readonly #hashes = new GrowingHashes();
  readonly #receiving = new Set<string>();

  constructor(custody: AttachmentCustody) {
    this.#custody = custody;
  }

  /** @throws Refusal `attachment-unknown` for a file no act announced, `body-erased`, `quota-exceeded` while it comes in */
  async readOffset(key: AttachmentKey): Promise<ReceivedSoFar> {
    const { state, sealedSize } = await this.#expected(key);
    if (state === 'present') return { have: sealedSize, size: sealedSize };
    const path = partPath(this.#custody.parts, key);
    // After a cut, the last bytes of the old connection may still be on their way to the disk.
    this.#checkFree(path);
    const have = await sizeOf(path);
    // All its bytes came, and then this process or its database ended.
    return have >= sealedSize ? this.append(key, have, nothing()) : { have, size: sealedSize };
  }

  /**
   * Appends what the counterpart sends; what came before a cut is kept.
   * @param written told of pieces that are in the file: their memory is the source's again
   * @throws Refusal `gap` where we hold more or less than `offset`, `too-large`, `store-full`, `hash-mismatch` where the
   * whole is not what the act announced (it is dropped), `seal-unopenable`
   */
  async append(
    key: AttachmentKey,
    offset: number,
    pieces: AsyncIterable<Uint8Array>,
    written?: (pieces: readonly Uint8Array[]) => void,
  ): Promise<ReceivedSoFar> {
    const path = partPath(this.#custody.parts, key);
    this.#checkFree(path);
    this.#receiving.add(path);
    try {
      const file = await this.#expected(key);
      if (file.state === 'present') return { have: file.sealedSize, size: file.sealedSize };
      const have = await this.#appendTo(path, file, offset, pieces, written);
      if (have === file.sealedSize) await this.#complete(path, file);
      return { have, size: file.sealedSize };
    } finally {
      this.#receiving.delete(path);
    }
  }

  async #appendTo(
    path: string,
    file: StoredAttachment,
    offset: number,
    pieces: AsyncIterable<Uint8Array>,
    written: ((pieces: readonly Uint8Array[]) => void) | undefined,
  ): Promise<number> {
    await mkdir(this.#custody.parts, { recursive: true, mode: 0o700 });
    const part = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      const { size } = await part.stat();
      if (size !== offset) throw new Refusal('gap', { where: 'upload-offset', what: `${size} bytes are here` });
      return await appendPieces(part, offset, file.sealedSize, this.#hashes.follow(path, offset, pieces), written);
    } finally {
      await part.close();
    }
  }

  async #complete(path: string, file: StoredAttachment): Promise<void> {
    const { blobs, crypto, database, storage, openWithSealingKey } = this.#custody;
    try {
      if ((await this.#hashes.finish(path, file.sealedSize)) !== file.sealedSha256) {
        throw new Refusal('hash-mismatch', { where: file.sealedSha256 });
      }
      const start = await readStart(fileSource(path, file.sealedSize));
      // Sealing keys are destroyed after a while: what opens this file is kept under our own key.
      const key = file.own ? undefined : await openWithSealingKey(file.relation, start);
      const kept = key && (await seal(crypto, [storage.recipient], writeKeptKey(key)));
      await blobs.keep(blobName(file), path);
      if (await keepPresent(database, file, kept ?? null)) await this.#custody.onPresent?.(file);
      else await this.#dropIfErased(file);
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'store-full') await rm(path, { force: true });
      throw error;
    }
  }

  #checkFree(path: string): void {
    if (this.#receiving.has(path))
      throw new Refusal('quota-exceeded', { what: 'this file is coming in', retryAfter: 1 });
  }

  /** Erased while its last bytes came in. */
  async #dropIfErased(key: AttachmentKey): Promise<void> {
    const now = await readAttachment(this.#custody.database, key);
    if (now?.state !== 'present') await this.#custody.blobs.remove(blobName(key));
  }

  async #expected(key: AttachmentKey): Promise<StoredAttachment> {
    const file = await readAttachment(this.#custody.database, key);
    if (file === undefined) throw new Refusal('attachment-unknown', { where: key.sealedSha256 });
    if (file.state === 'erased') throw new Refusal('body-erased', { where: key.sealedSha256 });
    return file;
  }
}

// oxlint-disable-next-line require-yield
async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
