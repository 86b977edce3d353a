import { createHash, type Hash } from 'node:crypto';
import type { Sha256Hex } from '@entente/protocol';
import { fileSource } from '../../adapters/source.ts';

interface Growing {
  readonly hash: Hash;
  readonly upTo: number;
}

/**
 * The SHA-256 of files that grow at their end, taken from the bytes as they come in. A hash in progress cannot be kept over
 * a restart: then, and where a piece was cut, it is taken from the disk up to where the file ends.
 */
export class GrowingHashes {
  readonly #files = new Map<string, Growing>();

  /** Passes pieces on that are being appended to a file of `size` bytes. */
  async *follow(
    path: string,
    size: number,
    pieces: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const before = await this.#upTo(path, size);
    // A cut leaves the state before this piece: whether all that passed also reached the disk, the disk knows.
    const hash = before.hash.copy();
    let upTo = size;
    for await (const piece of pieces) {
      hash.update(piece);
      upTo += piece.length;
      yield piece;
    }
    this.#files.set(path, { hash, upTo });
  }

  /** The hash of the whole file of `size` bytes. */
  async finish(path: string, size: number): Promise<Sha256Hex> {
    const { hash } = await this.#upTo(path, size);
    this.#files.delete(path);
    return hash.digest('hex') as Sha256Hex;
  }

  async #upTo(path: string, size: number): Promise<Growing> {
    const known = this.#files.get(path);
    const { hash, upTo } = known !== undefined && known.upTo <= size ? known : { hash: createHash('sha256'), upTo: 0 };
    for await (const bytes of fileSource(path, size).read(upTo, size)) hash.update(bytes);
    const growing = { hash, upTo: size };
    this.#files.set(path, growing);
    return growing;
  }
}
