import { BlindFault } from './blind-fault.ts';
import { joinBytes, textBytes } from './bytes.ts';
import { hashToGroup } from './ciphersuite.ts';
import { finalize } from './finalize.ts';
import type { BlindGroup } from './group.ts';
import { proveEvaluations, verifyProof } from './proof.ts';
import { type Element, readElement, readScalar, type Scalar } from './read-element.ts';
import type { BlindKey } from './ciphersuite.ts';
import { tagOf } from './tag.ts';

/** Gives fresh random bytes. */
export type Randomness = (length: number) => Uint8Array;

/** One blinded input and what undoes the blinding; whoever has both knows what was asked. */
export interface BlindedInput {
  /** The bytes hashed to the group: a match key in UTF-8, or a pad. */
  readonly input: Uint8Array;
  readonly blind: Scalar;
  readonly element: Element;
}

/** What the key's holder answers: the elements times its secret, and the proof that it was this secret. */
export interface Evaluation {
  readonly evaluated: readonly Element[];
  readonly proof: Uint8Array;
}

/** A fresh scalar that is not zero. */
export function randomScalar(group: BlindGroup, randomness: Randomness): Scalar {
  return readScalar(group.reduceScalar(randomness(64)));
}

/** Blinds one input (RFC 9497 §3.3.2 `Blind`). */
export function blindInput(group: BlindGroup, input: Uint8Array, blind: Scalar): BlindedInput {
  const element = group.multiply(blind, hashToGroup(group, input));
  if (element === undefined) throw new Error('a blind is no zero, and a hashed element no identity');
  return { input, blind, element: element as Element };
}

/**
 * Blinds match keys, and pads up to `count` so that the number of spellings is not told. The order is drawn by lot.
 * @throws BlindFault `count-differs` where there are none or more than `count`
 */
export function blindQuery(
  group: BlindGroup,
  keys: readonly string[],
  count: number,
  randomness: Randomness,
): readonly BlindedInput[] {
  const distinct = [...new Set(keys)];
  if (distinct.length === 0 || distinct.length > count) throw new BlindFault('count-differs');
  const inputs = distinct.map(textBytes);
  while (inputs.length < count) inputs.push(padOf(randomness));
  return inputs
    .map((input) => blindInput(group, input, randomScalar(group, randomness)))
    .sort((one, other) => compareBytes(one.element, other.element));
}

/** Answers blinded elements (RFC 9497 §3.3.2 `BlindEvaluate`). @param blinded from `readElement` */
export function evaluateBlinded(
  group: BlindGroup,
  key: BlindKey,
  blinded: readonly Element[],
  random: Scalar,
): Evaluation {
  const evaluated = blinded.map((element) => {
    const product = group.multiply(key.secret, element);
    if (product === undefined) throw new Error('a secret is no zero, and a read element no identity');
    return product as Element;
  });
  return {
    evaluated,
    proof: proveEvaluations(group, key.secret, { publicKey: key.public, blinded, evaluated }, random),
  };
}

/**
 * Reads an answer and holds it against the public key that was agreed: the one way to evaluated elements that may be
 * finalized. @throws BlindFault `count-differs`, `element-…`, `proof-…`
 */
export function verifyEvaluation(
  group: BlindGroup,
  publicKey: Element,
  blinded: readonly Element[],
  answer: { readonly evaluated: readonly Uint8Array[]; readonly proof: Uint8Array },
): readonly Element[] {
  if (answer.evaluated.length !== blinded.length) throw new BlindFault('count-differs');
  const evaluated = answer.evaluated.map((bytes, at) => readElement(group, bytes, at));
  verifyProof(group, { publicKey, blinded, evaluated }, answer.proof);
  return evaluated;
}

/** The tags to look up: those of match keys, pads left out, each with the input it belongs to. */
export function tagsOfAnswer(
  group: BlindGroup,
  query: readonly BlindedInput[],
  evaluated: readonly Element[],
): readonly { readonly input: Uint8Array; readonly tag: bigint }[] {
  return query.flatMap(({ input, blind }, at) => {
    const element = evaluated[at];
    if (element === undefined || isPad(input)) return [];
    return [{ input, tag: tagOf(finalize(group, input, blind, element)) }];
  });
}

/** NUL and 32 random bytes: no match key begins so, and an inspector sees that nobody was asked about. */
function padOf(randomness: Randomness): Uint8Array {
  return joinBytes([new Uint8Array(1), randomness(32)]);
}

/** Whether an input stands for nobody. */
export function isPad(input: Uint8Array): boolean {
  return input[0] === 0;
}

/** Blinded elements are uniformly random, so their own order is a lot. */
function compareBytes(one: Uint8Array, other: Uint8Array): number {
  for (const [at, byte] of one.entries()) {
    const difference = byte - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
