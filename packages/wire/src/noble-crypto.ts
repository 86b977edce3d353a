import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import type { Sha256Hex } from '@entente/protocol';
import { concatBytes, equalBytes, utf8 } from './bytes.ts';
import type { Crypto, KeyPair, Sha256Stream, SignatureScheme } from './crypto.ts';
import { isSmallOrder } from './ed25519-small-order.ts';

/** The primitives in plain JavaScript, audited: for browsers and for checking what `node:crypto` says. */
export const nobleCrypto: Crypto = Object.freeze({
  sha256: (data: Uint8Array) => sha256(data),
  sha256Hex: (data: Uint8Array) => sha256(data).toHex() as Sha256Hex,
  sha256Stream,
  randomBytes: (length: number) => randomBytes(length),
  ed25519: schemeOf({
    publicKeyOf: (seed) => ed25519.getPublicKey(seed),
    sign: (seed, message) => ed25519.sign(message, seed),
    verify: verifyEd25519,
  }),
  mldsa44: schemeOf({
    publicKeyOf: (seed) => ml_dsa44.keygen(seed).publicKey,
    sign: (seed, message) => ml_dsa44.sign(message, ml_dsa44.keygen(seed).secretKey),
    verify: (key, message, signature) =>
      key.length === 1312 && signature.length === 2420 && ml_dsa44.verify(signature, message, key),
  }),
  p256: schemeOf({
    publicKeyOf: (seed) => p256.getPublicKey(seed, false),
    sign: (seed, message) => p256.sign(message, seed, { format: 'der' }),
    verify: verifyP256,
  }),
  xwing: Object.freeze({
    publicKeyOf: (seed: Uint8Array) => ml_kem768_x25519.getPublicKey(seed),
    encapsulate: (publicKey: Uint8Array) =>
      orUndefined(() => {
        const { cipherText: ciphertext, sharedSecret } = ml_kem768_x25519.encapsulate(publicKey);
        return { ciphertext, sharedSecret };
      }),
    decapsulate: (seed: Uint8Array, ciphertext: Uint8Array) =>
      orUndefined(() => ml_kem768_x25519.decapsulate(ciphertext, seed)),
  }),
  sealChunk: (key: Uint8Array, nonce: Uint8Array, data: Uint8Array) => chacha20poly1305(key, nonce).encrypt(data),
  openChunk,
  hkdfSha256: (key: Uint8Array, salt: Uint8Array, info: string, length: number) =>
    hkdf(sha256, key, salt, utf8(info), length),
});

function sha256Stream(): Sha256Stream {
  const hash = sha256.create();
  return { update: (data) => void hash.update(data), digestHex: () => hash.digest().toHex() as Sha256Hex };
}

function schemeOf(scheme: Omit<SignatureScheme, 'generate'>): SignatureScheme {
  const generate = (): KeyPair => {
    const secretSeed = randomBytes(32);
    return { publicKey: scheme.publicKeyOf(secretSeed), secretSeed };
  };
  return Object.freeze({ ...scheme, generate });
}

/**
 * RFC 8032 §5.1.7 without the cofactor and without points of small order, as OpenSSL does it: `ed25519.verify` multiplies
 * by the cofactor and would accept signatures of a dishonest signer that a station refuses.
 */
function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64 || isSmallOrder(publicKey)) return false;
  const { Point } = ed25519;
  const r = signature.subarray(0, 32);
  if (isSmallOrder(r)) return false;
  const s = littleEndian(signature.subarray(32));
  const order = Point.Fn.ORDER;
  if (s >= order) return false;
  const key = readPoint(publicKey);
  if (key === undefined) return false;
  const k = littleEndian(sha512(concatBytes([r, publicKey, message]))) % order;
  return equalBytes(Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k)).toBytes(), r);
}

function readPoint(publicKey: Uint8Array): InstanceType<typeof ed25519.Point> | undefined {
  try {
    return ed25519.Point.fromBytes(publicKey, false);
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${bytes.toReversed().toHex()}`);
}

function verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 65 || publicKey[0] !== 4) return false;
  try {
    return p256.verify(signature, message, publicKey, { format: 'der', lowS: false });
  } catch {
    return false;
  }
}

function openChunk(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < 16) return undefined;
  const cipher = chacha20poly1305(key, nonce);
  try {
    return cipher.decrypt(sealed);
  } catch {
    return undefined;
  }
}

/** The library throws for what is malformed. */
function orUndefined<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
