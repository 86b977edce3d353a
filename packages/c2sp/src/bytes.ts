import { FormatError } from './errors.ts';

const encoder = new TextEncoder();
// A byte order mark is kept: dropping it would give two spellings of one text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function readUtf8(bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) throw new FormatError('utf8', where);
    throw cause;
  }
}

/** Refuses lone surrogates, which an encoder would silently replace. */
export function writeUtf8(text: string, where: string): Uint8Array {
  if (!text.isWellFormed()) throw new FormatError('utf8', where);
  return encoder.encode(text);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Eight bytes, big endian, of a safe integer. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** A copy of bytes [start, end). Node's `Buffer` overrides `slice` with a view on the same memory. */
export function copyBytes(bytes: Uint8Array, start: number, end: number = bytes.length): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}
