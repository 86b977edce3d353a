/** The three primitives C2SP formats rest on, handed in by the caller: `node:crypto`, WebCrypto-backed or any other. */
export interface C2spCrypto {
  /** SHA-256 of `data`, 32 fresh bytes. `data` may be overwritten after the call returns: do not keep it. */
  sha256(data: Uint8Array): Uint8Array;
  /** RFC 8032 Ed25519: 32-byte key, 64-byte signature. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** FIPS 204 ML-DSA-44 with an empty context: 1312-byte key, 2420-byte signature. */
  verifyMlDsa44(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** All that hashing a tree needs. */
export type Hasher = Pick<C2spCrypto, 'sha256'>;
