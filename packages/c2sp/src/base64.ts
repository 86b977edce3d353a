import { FormatError } from './errors.ts';

/** Reads RFC 4648 section 4 base64 in its one canonical spelling: padded, no white space, unused bits zero. */
export function readBase64(text: string, where = 'base64'): Uint8Array {
  // The platform's strict mode still skips white space, and would accept it between digits.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new FormatError('base64', where);
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new FormatError('base64', where);
    throw cause;
  }
}

export function writeBase64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

/** Reads a base64 SHA-256 hash: 44 characters, 32 bytes. */
export function readHash(text: string, where: string): Uint8Array {
  const hash = readBase64(text, where);
  if (hash.length !== 32) throw new FormatError('hash', where);
  return hash;
}
