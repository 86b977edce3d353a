import type { C2spCrypto } from '@entente/c2sp';
import type { Sha256Hex } from '@entente/protocol';

/** Raw bytes. A secret seed is 32 bytes for every scheme. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly secretSeed: Uint8Array;
}

/** A signature scheme over raw keys: malformed keys and signatures of the wrong length verify as false. */
export interface SignatureScheme {
  generate(): KeyPair;
  publicKeyOf(secretSeed: Uint8Array): Uint8Array;
  sign(secretSeed: Uint8Array, message: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem): ML-KEM-768 with X25519, as age's `mlkem768x25519` uses it. Secret seed 32 bytes,
 * public key 1216, ciphertext 1120, shared secret 32.
 */
export interface KeyEncapsulation {
  publicKeyOf(secretSeed: Uint8Array): Uint8Array;
  /** Undefined for a malformed public key. */
  encapsulate(
    publicKey: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array } | undefined;
  /** Undefined for a malformed ciphertext; a wrong one gives another secret. */
  decapsulate(secretSeed: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined;
}

export interface Sha256Stream {
  update(data: Uint8Array): void;
  digestHex(): Sha256Hex;
}

/**
 * All the primitives the formats rest on, handed in: `node:crypto` in a station, audited `@noble` in a browser.
 * Both give the same verdict on every input (tests run one list over both).
 */
export interface Crypto {
  /** 32 fresh bytes; `data` is not kept. */
  sha256(data: Uint8Array): Uint8Array;
  sha256Hex(data: Uint8Array): Sha256Hex;
  /** SHA-256 of what comes piece by piece. */
  sha256Stream(): Sha256Stream;
  randomBytes(length: number): Uint8Array;
  /** RFC 8032; refuses keys of small order. Public key 32 bytes, signature 64. */
  readonly ed25519: SignatureScheme;
  /** FIPS 204, empty context. Public key 1312 bytes, signature 2420. */
  readonly mldsa44: SignatureScheme;
  /** ECDSA with SHA-256 as WebAuthn's ES256: public key 65 bytes, uncompressed; signature in DER. */
  readonly p256: SignatureScheme;
  readonly xwing: KeyEncapsulation;
  /** RFC 8439: the ciphertext and its 16-byte tag. Key 32 bytes, nonce 12. */
  sealChunk(key: Uint8Array, nonce: Uint8Array, data: Uint8Array): Uint8Array;
  /** The plaintext, or undefined if the tag does not hold. */
  openChunk(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
  hkdfSha256(key: Uint8Array, salt: Uint8Array, info: string, length: number): Uint8Array;
}

/** The three primitives that C2SP formats ask for. */
export function c2spCryptoOf(crypto: Crypto): C2spCrypto {
  return {
    sha256: (data) => crypto.sha256(data),
    verifyEd25519: (publicKey, message, signature) => crypto.ed25519.verify(publicKey, message, signature),
    verifyMlDsa44: (publicKey, message, signature) => crypto.mldsa44.verify(publicKey, message, signature),
  };
}
