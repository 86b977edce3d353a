import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';

const CHUNK = 64 * 1024;
const TAG = 16;

/**
 * SHA-256 of nothing, of the first chunk, of the first two … of an age file, as far as they are authentic and not the last.
 * A reader that waits for the next byte before it releases a chunk has released one of these when a stream breaks off.
 */
export function leadingChunks(file: Uint8Array, fileKey: Uint8Array): readonly string[] {
  const bytes = Buffer.from(file);
  const payload = bytes.subarray(bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 1);
  const key = Buffer.from(hkdfSync('sha256', fileKey, payload.subarray(0, 16), 'payload', 32));
  const sum = createHash('sha256');
  const sums = [sum.copy().digest('hex')];
  for (let at = 0; 16 + (at + 1) * (CHUNK + TAG) <= payload.length; at += 1) {
    const start = 16 + at * (CHUNK + TAG);
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(at, 7);
    const opener = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
    opener.setAuthTag(payload.subarray(start + CHUNK, start + CHUNK + TAG));
    try {
      sum.update(opener.update(payload.subarray(start, start + CHUNK)));
      opener.final();
    } catch {
      break;
    }
    sums.push(sum.copy().digest('hex'));
  }
  return sums;
}
