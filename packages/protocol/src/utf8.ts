import { Refusal } from './refusal.ts';

const encoder = new TextEncoder();
// A byte-order mark is kept, so that it fails as JSON: dropping it would give one text two spellings.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws Refusal `json-malformed` where the bytes are not well-formed UTF-8 */
export function readUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new Refusal('json-malformed', { what: 'not UTF-8' }, { cause });
  }
}

export function writeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
