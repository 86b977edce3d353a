import type { BlindGroup } from './group.ts';
import { joinBytes, lengthOf, textBytes } from './bytes.ts';
import type { Element, Scalar } from './read-element.ts';

// RFC 9497 §3.1, §4.1: VOPRF mode (1), ristretto255-SHA512.
const context = joinBytes([textBytes('OPRFV1-'), new Uint8Array([1]), textBytes('-ristretto255-SHA512')]);
const groupTag = tagOf('HashToGroup-');
const scalarTag = tagOf('HashToScalar-');
const deriveTag = tagOf('DeriveKeyPair');
/** `Seed-` and the context, with its length before it: RFC 9497 §2.2.1. */
export const seedTag: Uint8Array = joinBytes([
  lengthOf(textBytes('Seed-').length + context.length),
  textBytes('Seed-'),
  context,
]);

const blockLength = 128;
const zeroBlock = new Uint8Array(blockLength);

/** RFC 9497 §4.1 `HashToGroup`. An input whose element is the identity cannot be found. */
export function hashToGroup(group: BlindGroup, input: Uint8Array): Element {
  return group.elementFromHash(expand(group, input, groupTag)) as Element;
}

/** RFC 9497 §4.1 `HashToScalar`. */
export function hashToScalar(group: BlindGroup, input: Uint8Array): Scalar {
  return group.reduceScalar(expand(group, input, scalarTag)) as Scalar;
}

/** A key and the public key that both sides hold answers against. */
export interface BlindKey {
  readonly secret: Scalar;
  readonly public: Element;
}

/** RFC 9497 §3.2.1 `DeriveKeyPair`. @param seed 32 random bytes @param info what the key is for, at most 65,535 bytes */
export function deriveKey(group: BlindGroup, seed: Uint8Array, info: Uint8Array): BlindKey {
  for (let counter = 0; counter < 256; counter += 1) {
    const input = joinBytes([seed, lengthOf(info.length), info, new Uint8Array([counter])]);
    const secret = group.reduceScalar(expand(group, input, deriveTag)) as Scalar;
    const publicKey = group.multiplyBase(secret);
    if (publicKey !== undefined) return { secret, public: publicKey as Element };
  }
  throw new Error('256 hashes in a row were zero');
}

/** RFC 9380 §5.3.1 `expand_message_xmd` to 64 bytes: one block of SHA-512, so two hashes. */
function expand(group: BlindGroup, input: Uint8Array, tag: Uint8Array): Uint8Array {
  const first = group.sha512(joinBytes([zeroBlock, input, lengthOf(64), zeroByte, tag]));
  return group.sha512(joinBytes([first, oneByte, tag]));
}

const zeroByte = new Uint8Array([0]);
const oneByte = new Uint8Array([1]);

function tagOf(name: string): Uint8Array {
  const bytes = joinBytes([textBytes(name), context]);
  return joinBytes([bytes, new Uint8Array([bytes.length])]);
}
