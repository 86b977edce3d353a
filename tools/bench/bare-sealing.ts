import { decapsulate, encapsulate, hkdfSync, type KeyObject } from 'node:crypto';
import { appendLeaves, emptyFrontier, type Frontier, rootOf } from '@entente/c2sp';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';

// ML-KEM-768's ciphertext, then one ChaCha20-Poly1305 message under the shared key.
const encapsulated = 1088;
const nonce = new Uint8Array(12);

export function sealBare(to: KeyObject, plaintext: Uint8Array): Buffer {
  const { sharedKey, ciphertext } = encapsulate(to);
  return Buffer.concat([ciphertext, nodeCrypto.sealChunk(keyOf(sharedKey), nonce, plaintext)]);
}

export function openBare(own: KeyObject, sealed: Uint8Array): Uint8Array {
  const shared = decapsulate(own, Buffer.from(sealed.subarray(0, encapsulated)));
  const plaintext = nodeCrypto.openChunk(keyOf(shared), nonce, sealed.subarray(encapsulated));
  if (plaintext === undefined) throw new Error('the seal does not open');
  return plaintext;
}

/** The tree after these leaves, and what is signed of it. */
export function appendBare(
  frontier: Frontier,
  hashes: readonly Uint8Array[],
): { frontier: Frontier; head: Uint8Array } {
  const after = appendLeaves(nodeCrypto, frontier, hashes).frontier;
  return { frontier: after, head: Buffer.concat([Buffer.from(`${after.size}\n`), rootOf(nodeCrypto, after)]) };
}

export const startBare: Frontier = emptyFrontier;

function keyOf(shared: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', shared, '', 'bare', 32));
}
