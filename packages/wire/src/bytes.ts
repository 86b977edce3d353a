import { Refusal, type RefusalCode } from '@entente/protocol';

const encoder = new TextEncoder();
// A byte order mark is kept: dropping it would give two spellings of one text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** @throws Refusal with `code` if the bytes are not UTF-8 */
export function readUtf8(bytes: Uint8Array, code: RefusalCode, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new Refusal(code, { where, what: 'not UTF-8' }, { cause });
  }
}

/** Reads padded base64 in its one canonical spelling. @throws Refusal `base64-malformed` */
export function readBase64(text: string, where: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch (cause) {
    throw new Refusal('base64-malformed', { where }, { cause });
  }
  // The platform skips white space even when strict; then the text is longer than the bytes ask for.
  if (text.length !== 4 * Math.ceil(bytes.length / 3)) throw new Refusal('base64-malformed', { where });
  return bytes;
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bounds the size before any work. @throws Refusal `too-large` */
export function checkSize(bytes: Uint8Array, limit: number, where: string): void {
  if (bytes.length > limit)
    throw new Refusal('too-large', { where, what: `${bytes.length} of at most ${limit} bytes` });
}
