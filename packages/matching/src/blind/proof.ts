import { BlindFault } from './blind-fault.ts';
import { joinBytes, lengthOf, textBytes } from './bytes.ts';
import { hashToScalar, seedTag } from './ciphersuite.ts';
import { type BlindGroup, elementLength, proofLength, scalarLength } from './group.ts';
import { type Element, isBelowOrder, type Scalar } from './read-element.ts';

const composite = textBytes('Composite');
const challenge = textBytes('Challenge');
const elementSize = lengthOf(elementLength);
const identity: Uint8Array = new Uint8Array(elementLength);

/** What a proof speaks of: elements as they came, and the same ones times one secret. */
export interface Evaluations {
  readonly publicKey: Element;
  readonly blinded: readonly Element[];
  readonly evaluated: readonly Element[];
}

/**
 * Proves with one proof that all were multiplied by the secret of the public key (RFC 9497 §2.2.1 `GenerateProof`).
 * @param random a fresh secret scalar; used twice, it gives the key away
 */
export function proveEvaluations(group: BlindGroup, secret: Scalar, of: Evaluations, random: Scalar): Uint8Array {
  const sum = weigh(group, weightsOf(group, of), of.blinded);
  const product = times(group, secret, sum);
  const commitment = [times(group, random), times(group, random, sum)];
  const claimed = challengeOf(group, [of.publicKey, sum, product, ...commitment]);
  return joinBytes([claimed, group.subtractScalars(random, group.multiplyScalars(claimed, secret))]);
}

/** @throws BlindFault `proof-malformed`, `proof-invalid`, `count-differs` (RFC 9497 §2.2.2 `VerifyProof`) */
export function verifyProof(group: BlindGroup, of: Evaluations, proof: Uint8Array): void {
  const claimed = proof.subarray(0, scalarLength);
  const response = proof.subarray(scalarLength);
  if (proof.length !== proofLength || !isBelowOrder(claimed) || !isBelowOrder(response)) {
    throw new BlindFault('proof-malformed');
  }
  const weights = weightsOf(group, of);
  const sum = weigh(group, weights, of.blinded);
  const product = weigh(group, weights, of.evaluated);
  const commitment = [
    plus(group, times(group, response), times(group, claimed, of.publicKey)),
    plus(group, times(group, response, sum), times(group, claimed, product)),
  ];
  const expected = challengeOf(group, [of.publicKey, sum, product, ...commitment]);
  if (!expected.every((byte, at) => byte === claimed[at])) throw new BlindFault('proof-invalid');
}

/** Hashes of all that is proved, one for each element: nobody can choose elements to fit them (`ComputeComposites`). */
function weightsOf(group: BlindGroup, { publicKey, blinded, evaluated }: Evaluations): readonly Scalar[] {
  if (blinded.length !== evaluated.length) throw new BlindFault('count-differs');
  const seed = group.sha512(joinBytes([elementSize, publicKey, seedTag]));
  const sized = joinBytes([lengthOf(seed.length), seed]);
  return blinded.map((element, at) => {
    const product = evaluated[at] ?? element;
    return hashToScalar(group, joinBytes([sized, lengthOf(at), elementSize, element, elementSize, product, composite]));
  });
}

function weigh(group: BlindGroup, weights: readonly Scalar[], elements: readonly Element[]): Uint8Array {
  return elements.reduce((sum: Uint8Array, element, at) => {
    const weight = weights[at];
    return weight === undefined ? sum : plus(group, sum, times(group, weight, element));
  }, identity);
}

function challengeOf(group: BlindGroup, elements: readonly Uint8Array[]): Scalar {
  return hashToScalar(group, joinBytes([...elements.flatMap((element) => [elementSize, element]), challenge]));
}

/** The product, of the generator where no element is given; the identity, which the group calls undefined, is zeros. */
function times(group: BlindGroup, scalar: Uint8Array, element?: Uint8Array): Uint8Array {
  return (element === undefined ? group.multiplyBase(scalar) : group.multiply(scalar, element)) ?? identity;
}

function plus(group: BlindGroup, one: Uint8Array, other: Uint8Array): Uint8Array {
  const sum = group.add(one, other);
  if (sum === undefined) throw new Error('both were read or computed');
  return sum;
}
