import { createPrivateKey, createPublicKey, decapsulate, encapsulate, type KeyObject, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';

/** The two that Entente runs on: `node:crypto` in the station, audited `@noble` in the browser. Each may throw to refuse. */
export type Implementation = {
  readonly name: string;
  verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  verifyMlDsa44(key: Uint8Array, message: Uint8Array, signature: Uint8Array, context?: Uint8Array): boolean;
  /** Seed of 32 bytes to public key. */
  mlDsa44PublicKey(seed: Uint8Array): Uint8Array;
  /** Seed of 64 bytes (d ‖ z) to encapsulation key. */
  mlKem768PublicKey(seed: Uint8Array): Uint8Array;
  /** The shared key, from the seed and a ciphertext. */
  mlKem768Decapsulate(seed: Uint8Array, ciphertext: Uint8Array): Uint8Array;
  /** A fresh ciphertext for this encapsulation key. */
  mlKem768Encapsulate(key: Uint8Array): Uint8Array;
};

export const throughNode: Implementation = {
  name: 'node:crypto',
  verifyEd25519: (key, message, signature) => verify(null, message, publicKey('ed25519', key), signature),
  verifyMlDsa44: (key, message, signature, context) =>
    verify(
      null,
      message,
      { key: publicKey('ml-dsa-44', key), ...(context === undefined ? {} : { context }) },
      signature,
    ),
  mlDsa44PublicKey: (seed) => rawPublic(privateKey('ml-dsa-44', seed)),
  mlKem768PublicKey: (seed) => rawPublic(privateKey('ml-kem-768', seed)),
  mlKem768Decapsulate: (seed, ciphertext) => decapsulate(privateKey('ml-kem-768', seed), ciphertext),
  mlKem768Encapsulate: (key) => encapsulate(publicKey('ml-kem-768', key)).ciphertext,
};

export const throughNoble: Implementation = {
  name: '@noble',
  verifyEd25519: (key, message, signature) => ed25519.verify(signature, message, key, { zip215: false }),
  verifyMlDsa44: (key, message, signature, context) =>
    ml_dsa44.verify(signature, message, key, context === undefined ? {} : { context }),
  mlDsa44PublicKey: (seed) => ml_dsa44.keygen(seed).publicKey,
  mlKem768PublicKey: (seed) => ml_kem768.keygen(seed).publicKey,
  mlKem768Decapsulate: (seed, ciphertext) => ml_kem768.decapsulate(ciphertext, ml_kem768.keygen(seed).secretKey),
  mlKem768Encapsulate: (key) => ml_kem768.encapsulate(key).cipherText,
};

export const implementations: readonly Implementation[] = [throughNode, throughNoble];

type Algorithm = 'ed25519' | 'ml-dsa-44' | 'ml-kem-768';

function publicKey(asymmetricKeyType: Algorithm, key: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(key), format: 'raw-public', asymmetricKeyType });
}

function privateKey(asymmetricKeyType: Algorithm, key: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(key), format: 'raw-seed', asymmetricKeyType });
}

function rawPublic(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'raw-public' });
}
