// An age file: header, 16-byte nonce, then chunks of 64 KiB, each with a 16-byte tag, the last marked as such.
import { Refusal } from '@entente/protocol';

export const chunkSize: number = 64 * 1024;
export const tagSize = 16;
export const nonceSize = 16;
export const sealedChunkSize: number = chunkSize + tagSize;

/** Where things lie in a sealed file: maps offsets of the plaintext to ranges of the ciphertext, for resuming at any byte. */
export interface StreamLayout {
  /** Bytes before the first chunk: header and nonce. */
  readonly payloadStart: number;
  readonly chunks: number;
  readonly sealedSize: number;
  /** The chunk that holds a byte of the plaintext. */
  chunkAt(plaintextOffset: number): number;
  /** Where a chunk begins in the ciphertext. */
  sealedStart(chunk: number): number;
  /** Where a chunk begins in the plaintext. */
  plaintextStart(chunk: number): number;
}

/** The layout of a plaintext of `size` bytes behind an age header of `headerLength` bytes, nonce not included. */
export function streamLayout(headerLength: number, size: number): StreamLayout {
  const payloadStart = headerLength + nonceSize;
  const chunks = Math.max(1, Math.ceil(size / chunkSize));
  return Object.freeze({
    payloadStart,
    chunks,
    sealedSize: payloadStart + size + chunks * tagSize,
    chunkAt: (offset: number) => Math.min(Math.floor(offset / chunkSize), chunks - 1),
    sealedStart: (chunk: number) => payloadStart + chunk * sealedChunkSize,
    plaintextStart: (chunk: number) => chunk * chunkSize,
  });
}

/** The size of the plaintext in a payload (nonce not included). @throws Refusal `seal-unopenable` if there is no such size */
export function plaintextSize(payloadSize: number): number {
  const full = Math.floor(payloadSize / sealedChunkSize);
  const rest = payloadSize % sealedChunkSize;
  const possible = payloadSize === tagSize || (payloadSize > tagSize && (rest === 0 || rest > tagSize));
  if (!possible) throw new Refusal('seal-unopenable', { where: 'payload', what: 'truncated' });
  return full * chunkSize + Math.max(0, rest - tagSize);
}
