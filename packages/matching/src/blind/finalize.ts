import { joinBytes, lengthOf, textBytes } from './bytes.ts';
import { hashToGroup } from './ciphersuite.ts';
import { type BlindGroup, elementLength } from './group.ts';
import type { Element, Scalar } from './read-element.ts';

const ending = textBytes('Finalize');

/**
 * The output for an input whose evaluation was blinded, 64 bytes (RFC 9497 §3.3.1 `Finalize`). Only what `verifyEvaluation`
 * gave goes in.
 */
export function finalize(group: BlindGroup, input: Uint8Array, blind: Scalar, evaluated: Element): Uint8Array {
  const inverse = group.invertScalar(blind);
  const element = inverse && group.multiply(inverse, evaluated);
  if (element === undefined) throw new Error('a blind is no zero, and an evaluated element no identity');
  return outputOf(group, input, element);
}

/** The output as the key's holder computes it, without blinding (RFC 9497 §3.3.1 `Evaluate`). */
export function evaluateInput(group: BlindGroup, secret: Scalar, input: Uint8Array): Uint8Array {
  const element = group.multiply(secret, hashToGroup(group, input));
  if (element === undefined) throw new Error('a secret is no zero, and a hashed element no identity');
  return outputOf(group, input, element);
}

function outputOf(group: BlindGroup, input: Uint8Array, element: Uint8Array): Uint8Array {
  return group.sha512(joinBytes([lengthOf(input.length), input, lengthOf(elementLength), element, ending]));
}
