import {
  createHash,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  hash,
  type KeyObject,
} from 'node:crypto';
import type { KeyEncapsulation } from '@entente/wire';

const kemKeySize = 1184;
const kemCiphertextSize = 1088;
const pointSize = 32;
const label = Buffer.from('\\.//^\\', 'latin1');

/** X-Wing by OpenSSL, put together as draft-connolly-cfrg-xwing-kem §5 has it. */
export const xwing: KeyEncapsulation = Object.freeze({
  publicKeyOf(secretSeed: Uint8Array): Uint8Array {
    const { kem, curve } = expand(secretSeed);
    return new Uint8Array(Buffer.concat([rawPublic(kem), rawPublic(curve)]));
  },

  encapsulate(publicKey: Uint8Array) {
    if (publicKey.length !== kemKeySize + pointSize) return undefined;
    try {
      const { sharedKey, ciphertext } = encapsulate(importPublic('ml-kem-768', publicKey.subarray(0, kemKeySize)));
      const theirs = publicKey.subarray(kemKeySize);
      const ephemeral = generateKeyPairSync('x25519');
      const point = rawPublic(ephemeral.privateKey);
      const agreed = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: importPublic('x25519', theirs) });
      const sharedSecret = combine(sharedKey, agreed, point, theirs);
      return { ciphertext: new Uint8Array(Buffer.concat([ciphertext, point])), sharedSecret };
    } catch {
      return undefined;
    }
  },

  decapsulate(secretSeed: Uint8Array, ciphertext: Uint8Array) {
    if (ciphertext.length !== kemCiphertextSize + pointSize) return undefined;
    const { kem, curve } = expand(secretSeed);
    const point = ciphertext.subarray(kemCiphertextSize);
    try {
      const shared = decapsulate(kem, Buffer.from(ciphertext.subarray(0, kemCiphertextSize)));
      const agreed = diffieHellman({ privateKey: curve, publicKey: importPublic('x25519', point) });
      return combine(shared, agreed, point, rawPublic(curve));
    } catch {
      return undefined;
    }
  },
});

/** Both private keys of a 32-byte seed. */
function expand(secretSeed: Uint8Array): { readonly kem: KeyObject; readonly curve: KeyObject } {
  const expanded = createHash('shake256', { outputLength: 96 }).update(secretSeed).digest();
  return {
    kem: createPrivateKey({ key: expanded.subarray(0, 64), format: 'raw-seed', asymmetricKeyType: 'ml-kem-768' }),
    curve: createPrivateKey({ key: expanded.subarray(64), format: 'raw-private', asymmetricKeyType: 'x25519' }),
  };
}

function combine(kemSecret: Uint8Array, agreed: Uint8Array, point: Uint8Array, theirs: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha3-256', Buffer.concat([kemSecret, agreed, point, theirs, label]), 'buffer'));
}

function importPublic(asymmetricKeyType: 'ml-kem-768' | 'x25519', raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(raw), format: 'raw-public', asymmetricKeyType });
}

function rawPublic(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'raw-public' });
}
