import { createPublicKey, hash, verify } from 'node:crypto';
import type { C2spCrypto } from '@entente/c2sp';

function verifyWith(asymmetricKeyType: 'ed25519' | 'ml-dsa-44') {
  return (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
    verify(null, message, createPublicKey({ key, format: 'raw-public', asymmetricKeyType }), signature);
}

export const crypto: C2spCrypto = {
  sha256: (data) => plain(hash('sha256', data, 'buffer')),
  verifyEd25519: verifyWith('ed25519'),
  verifyMlDsa44: verifyWith('ml-dsa-44'),
};

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The same as plain bytes: a deep comparison tells a `Buffer` from a `Uint8Array`. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
