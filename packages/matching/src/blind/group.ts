/** A group element or a scalar as RFC 9496 and RFC 9497 write them: 32 bytes. */
export const elementLength = 32;
export const scalarLength = 32;
export const proofLength = 64;

/**
 * The group ristretto255 with its scalars, and SHA-512, handed in: by libsodium in a station. Elements and scalars are
 * canonical encodings of 32 bytes. What comes from outside goes through `readElement` first.
 */
export interface BlindGroup {
  /** RFC 9496 §4.3.4: 64 uniform bytes to an element. */
  elementFromHash(uniform: Uint8Array): Uint8Array;
  /** Whether the bytes are a canonical encoding, the identity's included. */
  isElement(bytes: Uint8Array): boolean;
  /** Undefined where the element does not read or the product is the identity. */
  multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array | undefined;
  /** The generator times a scalar; undefined for the scalar zero. */
  multiplyBase(scalar: Uint8Array): Uint8Array | undefined;
  /** Undefined where either does not read. */
  add(one: Uint8Array, other: Uint8Array): Uint8Array | undefined;
  /** 64 bytes, little-endian, modulo the order of the group. */
  reduceScalar(bytes: Uint8Array): Uint8Array;
  /** Undefined for zero. */
  invertScalar(scalar: Uint8Array): Uint8Array | undefined;
  multiplyScalars(one: Uint8Array, other: Uint8Array): Uint8Array;
  subtractScalars(one: Uint8Array, other: Uint8Array): Uint8Array;
  sha512(data: Uint8Array): Uint8Array;
}
