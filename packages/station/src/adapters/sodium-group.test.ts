import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  BlindFault,
  blindInput,
  deriveKey,
  evaluateBlinded,
  evaluateInput,
  finalize,
  randomScalar,
  readElement,
  readScalar,
  verifyEvaluation,
} from '@entente/matching';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { sodiumGroup } from './sodium-group.ts';

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

const group = await sodiumGroup();
const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);
const fresh = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const vectors = new URL('../../../matching/src/blind/vectors/rfc9497-a12.json', import.meta.url);
const published = JSON.parse(readFileSync(vectors, 'utf8')) as Vectors;
const key = deriveKey(group, hex(published.seed), hex(published.keyInfo));

test('libsodium makes every vector of RFC 9497 A.1.2, byte by byte', () => {
  assert.equal(key.secret.toHex(), published.skSm);
  assert.equal(key.public.toHex(), published.pkSm);
  assert.equal(published.vectors.length, 3);
  for (const vector of published.vectors) {
    const inputs = vector.input.map((input, at) =>
      blindInput(group, hex(input), readScalar(hex(vector.blind[at] ?? ''))),
    );
    const blinded = inputs.map(({ element }) => readElement(group, element));
    const answer = evaluateBlinded(group, key, blinded, readScalar(hex(vector.proofRandomScalar)));
    const verified = verifyEvaluation(group, key.public, blinded, answer);
    const outputs = inputs.map(({ input, blind }, at) =>
      finalize(group, input, blind, verified[at] ?? assert.fail()).toHex(),
    );
    assert.deepEqual(
      blinded.map((element) => element.toHex()),
      vector.blindedElement,
    );
    assert.deepEqual(
      answer.evaluated.map((element) => element.toHex()),
      vector.evaluationElement,
    );
    assert.equal(answer.proof.toHex(), vector.proof);
    assert.deepEqual(outputs, vector.output);
    for (const [at, input] of vector.input.entries()) {
      assert.equal(evaluateInput(group, key.secret, hex(input)).toHex(), vector.output[at]);
    }
  }
});

test('another implementation accepts what libsodium answers', () => {
  const inputs = ['one', 'two', 'three'].map((text) =>
    blindInput(group, new TextEncoder().encode(text), randomScalar(group, fresh)),
  );
  const blinded = inputs.map(({ element }) => readElement(group, element));
  const answer = evaluateBlinded(group, key, blinded, randomScalar(group, fresh));
  const items = inputs.map(({ input, blind, element }, at) => ({
    input,
    blind,
    blinded: element,
    evaluated: answer.evaluated[at] ?? assert.fail(),
  }));
  const outputs = ristretto255_oprf.voprf.finalizeBatch(items, key.public, answer.proof);
  for (const [at, { input }] of inputs.entries()) {
    assert.equal((outputs[at] ?? assert.fail()).toHex(), evaluateInput(group, key.secret, input).toHex());
  }
});

test('libsodium refuses bytes that are no element, and the identity', () => {
  const malformed = [
    '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
    'e2',
  ];
  for (const text of malformed) {
    assert.throws(
      () => readElement(group, hex(text)),
      (error) => error instanceof BlindFault && error.code === 'element-malformed',
      text,
    );
  }
  assert.throws(
    () => readElement(group, new Uint8Array(32)),
    (error) => error instanceof BlindFault && error.code === 'element-identity',
  );
});
