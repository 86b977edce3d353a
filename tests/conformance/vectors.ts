import { readFileSync } from 'node:fs';

/** What `make` gives, or `undefined` where it refuses: a vector says only that it must refuse, not with which words. */
export function orRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

export function hex(text: string): Uint8Array {
  return Uint8Array.fromHex(text);
}

/** A vector file of a published shape. */
export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
