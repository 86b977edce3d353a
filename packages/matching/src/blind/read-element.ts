import { BlindFault } from './blind-fault.ts';
import { type BlindGroup, elementLength, scalarLength } from './group.ts';

declare const element: unique symbol;
/** A canonical encoding of an element that is not the identity: read once, here. */
export type Element = Uint8Array & { readonly [element]: true };

declare const scalar: unique symbol;
/** A canonical scalar that is not zero. */
export type Scalar = Uint8Array & { readonly [scalar]: true };

/** 2^252 + 27742317777372353535851937790883648493, little-endian: the order of the group. */
const order = Uint8Array.fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/**
 * Reads an element from outside: 32 bytes, canonical, not the identity (RFC 9497 §2.1, `DeserializeElement`). An identity
 * would make every output the same and tell the key's holder nothing but that it was cheated.
 * @throws BlindFault `element-malformed`, `element-identity`
 */
export function readElement(group: BlindGroup, bytes: Uint8Array, at?: number): Element {
  if (bytes.length !== elementLength || !group.isElement(bytes)) throw new BlindFault('element-malformed', at);
  if (bytes.every((byte) => byte === 0)) throw new BlindFault('element-identity', at);
  return bytes.slice() as Element;
}

/** Reads a scalar: 32 bytes, below the order, not zero. @throws BlindFault `scalar-malformed` */
export function readScalar(bytes: Uint8Array): Scalar {
  if (bytes.length !== scalarLength || !isBelowOrder(bytes) || bytes.every((byte) => byte === 0)) {
    throw new BlindFault('scalar-malformed');
  }
  return bytes.slice() as Scalar;
}

/** Whether 32 bytes, little-endian, are below the order: a proof's scalars may be zero. */
export function isBelowOrder(bytes: Uint8Array): boolean {
  for (let at = scalarLength - 1; at >= 0; at -= 1) {
    const byte = bytes[at] ?? 0;
    const bound = order[at] ?? 0;
    if (byte !== bound) return byte < bound;
  }
  return false;
}
