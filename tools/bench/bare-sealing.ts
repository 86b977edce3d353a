import { decapsulate, encapsulate, hkdfSync, type KeyObject } from 'node:crypto';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import type { BareKeys } from './bare-terms.ts';

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

/** Ed25519, then ML-DSA-44. */
export const signatureBytes: number = 64 + 2420;

export function signBare({ sign }: BareKeys, head: Uint8Array): Buffer {
  return Buffer.concat([nodeCrypto.ed25519.sign(sign.ed25519, head), nodeCrypto.mldsa44.sign(sign.mldsa44, head)]);
}

export function checkBare({ verify }: BareKeys, head: Uint8Array, signatures: Uint8Array): void {
  const holds =
    nodeCrypto.ed25519.verify(verify.ed25519, head, signatures.subarray(0, 64)) &&
    nodeCrypto.mldsa44.verify(verify.mldsa44, head, signatures.subarray(64));
  if (!holds) throw new Error('the head is not signed');
}

function keyOf(shared: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', shared, '', 'bare', 32));
}
