// What the other tests share: the crypto of Node and keys made on the spot.
import { createPublicKey, generateKeyPairSync, hash, type KeyObject, sign, verify } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type C2spCrypto, FormatError, type FormatCode, type KeyType, makeVkey, type Signer } from './index.ts';

function verifyWith(asymmetricKeyType: 'ed25519' | 'ml-dsa-44') {
  return (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
    verify(null, message, createPublicKey({ key, format: 'raw-public', asymmetricKeyType }), signature);
}

export const crypto: C2spCrypto = {
  sha256: (data) => new Uint8Array(hash('sha256', data, 'buffer')),
  verifyEd25519: verifyWith('ed25519'),
  verifyMlDsa44: verifyWith('ml-dsa-44'),
};

export function makeSigner(name: string, type: KeyType): Signer {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } =
    type === 6 ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  const vkey = makeVkey(crypto, name, type, publicKey.export({ format: 'raw-public' }));
  return { vkey, sign: (message) => sign(null, message, privateKey) };
}

export function refuses(work: () => unknown, code: FormatCode): void {
  assert.throws(work, (error) => error instanceof FormatError && error.code === code);
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** `bytes` with one bit turned over; `bit` is taken modulo their length. */
export function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8) % bytes.length;
  return bytes.map((byte, index) => (index === at ? byte ^ (1 << (bit % 8)) : byte));
}

test('the primitives of the host verify what it signs', () => {
  for (const type of [1, 6] as const) {
    const { vkey, sign: signWith } = makeSigner('example.org/key', type);
    const verifyBy = type === 1 ? crypto.verifyEd25519 : crypto.verifyMlDsa44;
    assert.ok(verifyBy(vkey.publicKey, utf8('text'), signWith(utf8('text'))));
    assert.ok(!verifyBy(vkey.publicKey, utf8('Text'), signWith(utf8('text'))));
  }
});
