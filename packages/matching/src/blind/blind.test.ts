import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { BlindFault } from './blind-fault.ts';
import { deriveKey } from './ciphersuite.ts';
import { evaluateInput, finalize } from './finalize.ts';
import { nobleGroup as group } from './noble-group.fixtures.ts';
import { blindInput, blindQuery, evaluateBlinded, isPad, randomScalar, verifyEvaluation } from './query.ts';
import { readElement, readScalar } from './read-element.ts';

interface Vectors {
  readonly seed: string;
  readonly keyInfo: string;
  readonly skSm: string;
  readonly pkSm: string;
  readonly vectors: readonly {
    readonly input: readonly string[];
    readonly blind: readonly string[];
    readonly blindedElement: readonly string[];
    readonly evaluationElement: readonly string[];
    readonly proof: string;
    readonly proofRandomScalar: string;
    readonly output: readonly string[];
  }[];
}

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);
const fresh = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const path = new URL('vectors/rfc9497-a12.json', import.meta.url);
const published = JSON.parse(readFileSync(path, 'utf8')) as Vectors;
const key = deriveKey(group, hex(published.seed), hex(published.keyInfo));

function fault(code: string): (error: unknown) => boolean {
  return (error) => error instanceof BlindFault && error.code === code;
}

test('a key derives as RFC 9497 publishes it', () => {
  assert.equal(key.secret.toHex(), published.skSm);
  assert.equal(key.public.toHex(), published.pkSm);
});

for (const [number, vector] of published.vectors.entries()) {
  test(`vector ${number + 1} of RFC 9497 A.1.2 comes out byte by byte`, () => {
    const inputs = vector.input.map((input, at) =>
      blindInput(group, hex(input), readScalar(hex(vector.blind[at] ?? ''))),
    );
    assert.deepEqual(
      inputs.map(({ element }) => element.toHex()),
      vector.blindedElement,
    );
    const blinded = inputs.map(({ element }) => readElement(group, element));
    const random = readScalar(hex(vector.proofRandomScalar));
    const answer = evaluateBlinded(group, key, blinded, random);
    assert.deepEqual(
      answer.evaluated.map((element) => element.toHex()),
      vector.evaluationElement,
    );
    assert.equal(answer.proof.toHex(), vector.proof);
    const verified = verifyEvaluation(group, key.public, blinded, answer);
    const outputs = verified.map((element, at) => {
      const { input, blind } = inputs[at] ?? assert.fail();
      return finalize(group, input, blind, element).toHex();
    });
    assert.deepEqual(outputs, vector.output);
    assert.deepEqual(
      vector.input.map((input) => evaluateInput(group, key.secret, hex(input)).toHex()),
      vector.output,
    );
  });
}

test('another implementation verifies our answers and we verify its', () => {
  const { voprf } = ristretto255_oprf;
  const inputs = ['one', 'two', 'three'].map((text) => new TextEncoder().encode(text));
  const ours = inputs.map((input) => blindInput(group, input, randomScalar(group, fresh)));
  const blinded = ours.map(({ element }) => readElement(group, element));
  const theirs = voprf.blindEvaluateBatch(key.secret, key.public, blinded);
  const verified = verifyEvaluation(group, key.public, blinded, theirs);
  const answer = evaluateBlinded(group, key, blinded, randomScalar(group, fresh));
  const outputs = voprf.finalizeBatch(
    ours.map(({ input, blind, element }, at) => ({
      input,
      blind,
      blinded: element,
      evaluated: answer.evaluated[at] ?? assert.fail(),
    })),
    key.public,
    answer.proof,
  );
  for (const [at, { input, blind }] of ours.entries()) {
    const output = finalize(group, input, blind, verified[at] ?? assert.fail());
    assert.equal(output.toHex(), (outputs[at] ?? assert.fail()).toHex());
    assert.equal(output.toHex(), evaluateInput(group, key.secret, input).toHex());
  }
});

test('an answer under another key, or with one element of another key, does not hold', () => {
  const other = deriveKey(group, fresh(32), new Uint8Array());
  const blinded = blindQuery(group, ['a', 'b'], 8, fresh).map(({ element }) => readElement(group, element));
  const random = randomScalar(group, fresh);
  const wrong = evaluateBlinded(group, other, blinded, random);
  assert.throws(() => verifyEvaluation(group, key.public, blinded, wrong), fault('proof-invalid'));
  const right = evaluateBlinded(group, key, blinded, random);
  const mixed = right.evaluated.map((element, at) => (at === 3 ? (wrong.evaluated[3] ?? element) : element));
  assert.throws(
    () => verifyEvaluation(group, key.public, blinded, { ...right, evaluated: mixed }),
    fault('proof-invalid'),
  );
  const swapped = right.evaluated
    .with(0, right.evaluated[1] ?? assert.fail())
    .with(1, right.evaluated[0] ?? assert.fail());
  assert.throws(
    () => verifyEvaluation(group, key.public, blinded, { ...right, evaluated: swapped }),
    fault('proof-invalid'),
  );
  assert.throws(
    () => verifyEvaluation(group, key.public, blinded, { ...right, evaluated: right.evaluated.slice(1) }),
    fault('count-differs'),
  );
  assert.throws(
    () => verifyEvaluation(group, key.public, blinded, { ...right, proof: right.proof.slice(1) }),
    fault('proof-malformed'),
  );
  assert.throws(
    () => verifyEvaluation(group, key.public, blinded, { ...right, proof: new Uint8Array(64).fill(255) }),
    fault('proof-malformed'),
  );
});

/** RFC 9496 A.2 and A.3: encodings that are not canonical, negative, or no points. */
const notElements = [
  '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  'e2',
  '',
];

test('bytes that are no element, and the identity, are refused by name', () => {
  for (const text of notElements) {
    assert.throws(() => readElement(group, hex(text)), fault('element-malformed'), text);
  }
  assert.throws(() => readElement(group, new Uint8Array(32)), fault('element-identity'));
  assert.throws(() => readScalar(new Uint8Array(32)), fault('scalar-malformed'));
  assert.throws(() => readScalar(new Uint8Array(32).fill(255)), fault('scalar-malformed'));
});

test('a query has the same number of elements whatever was asked, and never the same element twice', () => {
  const few = blindQuery(group, ['one'], 16, fresh);
  const many = blindQuery(
    group,
    Array.from({ length: 16 }, (_, at) => `key ${at}`),
    16,
    fresh,
  );
  assert.equal(few.length, many.length);
  assert.equal(few.filter(({ input }) => isPad(input)).length, 15);
  const again = blindQuery(group, ['one'], 16, fresh);
  const seen = new Set([...few, ...again, ...many].map(({ element }) => element.toHex()));
  assert.equal(seen.size, 48);
  assert.throws(() => blindQuery(group, [], 16, fresh), fault('count-differs'));
  assert.throws(() => blindQuery(group, ['a', 'b'], 1, fresh), fault('count-differs'));
});
