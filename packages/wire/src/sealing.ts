import { Refusal } from '@entente/protocol';
import { concatBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { maximumSealingHeader, openSealingHeader, sealingHeaderEnd, writeSealingHeader } from './sealing-header.ts';
import { chunkSize, nonceSize, plaintextSize, sealedChunkSize, streamLayout, tagSize } from './sealing-layout.ts';

/** The key of one payload; whoever holds it can open any chunk of the file. */
export interface PayloadKey {
  readonly key: Uint8Array;
  /** Length of the age header before the nonce. */
  readonly headerLength: number;
}

/** Seals bytes in memory as one age v1 file. @throws Refusal `key-malformed` for a recipient that is not hybrid */
export async function seal(crypto: Crypto, recipients: readonly string[], plaintext: Uint8Array): Promise<Uint8Array> {
  const { start, key } = await beginSealing(crypto, recipients);
  const layout = streamLayout(start.length - nonceSize, plaintext.length);
  const sealed = new Uint8Array(layout.sealedSize);
  sealed.set(start);
  for (let chunk = 0; chunk < layout.chunks; chunk++) {
    const at = layout.plaintextStart(chunk);
    const nonce = chunkNonce(chunk, chunk === layout.chunks - 1);
    sealed.set(crypto.sealChunk(key, nonce, plaintext.subarray(at, at + chunkSize)), layout.sealedStart(chunk));
  }
  return sealed;
}

/** Opens one age file in memory. @throws Refusal `too-large` before any work, `seal-unopenable` */
export async function openSealed(
  crypto: Crypto,
  identity: string,
  sealed: Uint8Array,
  maximumPlaintext: number,
): Promise<Uint8Array> {
  const most = streamLayout(maximumSealingHeader, maximumPlaintext).sealedSize;
  if (sealed.length > most) throw new Refusal('too-large', { where: 'sealed file' });
  const { key, headerLength } = await openPayloadKey(crypto, identity, sealed);
  const payload = sealed.subarray(headerLength + nonceSize);
  const size = plaintextSize(payload.length);
  if (size > maximumPlaintext) throw new Refusal('too-large', { where: 'plaintext' });
  const plaintext = new Uint8Array(size);
  for (let chunk = 0, at = 0; at < payload.length; chunk++, at += sealedChunkSize) {
    const last = at + sealedChunkSize >= payload.length;
    plaintext.set(openChunk(crypto, key, payload.subarray(at, at + sealedChunkSize), chunk, last), chunk * chunkSize);
  }
  return plaintext;
}

/**
 * Unwraps the key of a sealed file from its first bytes (header and nonce at least). With it and `streamLayout`, opening
 * begins at any chunk. @throws Refusal `seal-unopenable`
 */
export async function openPayloadKey(crypto: Crypto, identity: string, start: Uint8Array): Promise<PayloadKey> {
  const headerLength = sealingHeaderEnd(start.subarray(0, maximumSealingHeader));
  if (headerLength === undefined || start.length < headerLength + nonceSize) {
    throw new Refusal('seal-unopenable', { where: 'header', what: 'truncated' });
  }
  const fileKey = await openSealingHeader(crypto, identity, start.subarray(0, headerLength));
  const nonce = start.subarray(headerLength, headerLength + nonceSize);
  return { key: payloadKeyOf(crypto, fileKey, nonce), headerLength };
}

/** What precedes the first chunk, and the key for the chunks. */
export async function beginSealing(
  crypto: Crypto,
  recipients: readonly string[],
): Promise<{ readonly start: Uint8Array; readonly key: Uint8Array }> {
  const { header, fileKey } = await writeSealingHeader(crypto, recipients);
  const nonce = crypto.randomBytes(nonceSize);
  return { start: concatBytes([header, nonce]), key: payloadKeyOf(crypto, fileKey, nonce) };
}

/** 11 bytes of counter, big endian, and 1 where the chunk is the last. */
export function chunkNonce(chunk: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(chunk));
  if (last) nonce[11] = 1;
  return nonce;
}

/** @throws Refusal `seal-unopenable` */
export function openChunk(
  crypto: Crypto,
  key: Uint8Array,
  sealed: Uint8Array,
  chunk: number,
  last: boolean,
): Uint8Array {
  const plaintext = crypto.openChunk(key, chunkNonce(chunk, last), sealed);
  // An empty last chunk is only the whole of an empty file: else one plaintext would have two ciphertexts.
  if (plaintext === undefined || (sealed.length === tagSize && chunk > 0)) {
    throw new Refusal('seal-unopenable', { where: `chunk ${chunk}` });
  }
  return plaintext;
}

function payloadKeyOf(crypto: Crypto, fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return crypto.hkdfSha256(fileKey, nonce, 'payload', 32);
}
