import { concatBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { beginSealing, chunkNonce, openChunk, openPayloadKey } from './sealing.ts';
import { maximumSealingHeader, sealingHeaderEnd } from './sealing-header.ts';
import { chunkSize, nonceSize, sealedChunkSize } from './sealing-layout.ts';

/** Seals a source of any length as one age v1 file, in constant memory. What the source gave it does not overwrite. */
export async function* sealStream(
  crypto: Crypto,
  recipients: readonly string[],
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { start, key } = await beginSealing(crypto, recipients);
  yield start;
  let chunk = 0;
  for await (const { bytes, last } of cut(source, chunkSize)) {
    yield crypto.sealChunk(key, chunkNonce(chunk, last), bytes);
    chunk += 1;
  }
}

/** Opens an age file as it comes, in constant memory. What was yielded before a refusal is genuine but not the whole. @throws Refusal `seal-unopenable` */
export async function* openStream(
  crypto: Crypto,
  identity: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const rest = source[Symbol.asyncIterator]();
  const start = await readStart(rest);
  const { key, headerLength } = await openPayloadKey(crypto, identity, start);
  const payload = chain(start.subarray(headerLength + nonceSize), rest);
  yield* openChunks(crypto, key, payload, 0);
}

/**
 * Opens from a chunk on: `source` is the ciphertext from `streamLayout(…).sealedStart(firstChunk)` to the end of the file.
 * @throws Refusal `seal-unopenable`
 */
export async function* openChunks(
  crypto: Crypto,
  key: Uint8Array,
  source: AsyncIterable<Uint8Array>,
  firstChunk: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let chunk = firstChunk;
  for await (const { bytes, last } of cut(source, sealedChunkSize)) {
    yield openChunk(crypto, key, bytes, chunk, last);
    chunk += 1;
  }
}

async function readStart(rest: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  for (;;) {
    const end = sealingHeaderEnd(start.subarray(0, maximumSealingHeader));
    if (end !== undefined && start.length >= end + nonceSize) return start;
    const next = await rest.next();
    if (next.done === true) return start;
    start = concatBytes([start, next.value]);
  }
}

async function* chain(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/**
 * Cuts a source into pieces of one size; the last may be shorter, and is empty only if all is. Each is used up before the next
 * is asked for: what lies whole in the source's bytes is not copied, and what does not is gathered in one place.
 */
async function* cut(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly last: boolean }, void, undefined> {
  const gathered = new Uint8Array(size);
  let filled = 0;
  // A whole piece that may be the last.
  let whole: Uint8Array | undefined;
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length;) {
      if (whole !== undefined) yield { bytes: whole, last: false };
      whole = undefined;
      if (filled === 0 && bytes.length - at >= size) {
        whole = bytes.subarray(at, at + size);
        at += size;
        continue;
      }
      const taken = bytes.subarray(at, at + size - filled);
      gathered.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < size) continue;
      whole = gathered;
      filled = 0;
    }
  }
  yield { bytes: whole ?? gathered.subarray(0, filled), last: true };
}
