import { createHash, type Hash } from 'node:crypto';
import type { Sha256Hex } from '@entente/protocol';
import { fileSource } from '../../adapters/source.ts';

interface Growing {
  readonly hash: Hash;
  readonly upTo: number;
}

/**
 * The SHA-256 of files that grow at their end. Reads each byte once while this process lives, and again after a restart:
 * a hash in progress cannot be kept.
 */
export class GrowingHashes {
  readonly #files = new Map<string, Growing>();

  /** Takes in what the file has grown to. */
  async follow(path: string, size: number): Promise<void> {
    const known = this.#files.get(path);
    const { hash, upTo } = known !== undefined && known.upTo <= size ? known : { hash: createHash('sha256'), upTo: 0 };
    this.#files.delete(path);
    for await (const bytes of fileSource(path, size).read(upTo, size)) hash.update(bytes);
    this.#files.set(path, { hash, upTo: size });
  }

  /** The hash of the whole file of `size` bytes. */
  async finish(path: string, size: number): Promise<Sha256Hex> {
    await this.follow(path, size);
    const hash = this.#files.get(path)?.hash ?? createHash('sha256');
    this.#files.delete(path);
    return hash.digest('hex') as Sha256Hex;
  }

  forget(path: string): void {
    this.#files.delete(path);
  }
}
