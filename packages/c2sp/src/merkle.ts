import type { Hasher } from './crypto.ts';
import { FormatError } from './errors.ts';

/** SHA-256(0x00 || entry), RFC 6962 section 2.1. */
export function leafHash(crypto: Hasher, entry: Uint8Array): Uint8Array {
  const prefixed =
    entry.length < scratch.length ? scratch.subarray(0, 1 + entry.length) : new Uint8Array(1 + entry.length);
  prefixed.set(entry, 1);
  return crypto.sha256(prefixed);
}

// A leaf of a channel fits: one buffer for all of them, since `sha256` keeps nothing of what it is given.
const scratch = new Uint8Array(512);

/** SHA-256(0x01 || left || right). */
export function nodeHash(crypto: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array {
  return nodeHasher(crypto)(left, right);
}

/** A `nodeHash` that writes every pair into one buffer: for the many nodes of one computation. */
export function nodeHasher(crypto: Hasher): (left: Uint8Array, right: Uint8Array) => Uint8Array {
  const pair = new Uint8Array(65);
  pair[0] = 1;
  return (left, right) => {
    if (left.length !== 32 || right.length !== 32) throw new FormatError('hash', 'tree node');
    pair.set(left, 1);
    pair.set(right, 33);
    return crypto.sha256(pair);
  };
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(crypto: Hasher): Uint8Array {
  return crypto.sha256(new Uint8Array(0));
}
