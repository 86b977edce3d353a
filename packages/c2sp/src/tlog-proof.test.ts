import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendLeaves,
  emptyFrontier,
  inclusionProof,
  leafHash,
  readPolicy,
  readTlogProof,
  rootOf,
  signCheckpoint,
  verifyTlogProof,
  writeTlogProof,
} from './index.ts';
import { crypto, flip, makeSigner, refuses, utf8 } from './node-crypto.test.ts';

const log = makeSigner('example.org/log', 1);
const witness = makeSigner('example.org/witness', 6);
const policy = readPolicy(crypto, utf8(`log ${log.vkey.text}\nwitness w ${witness.vkey.text}\nquorum w\n`));
const expectOrigin = { expectOrigin: 'example.org/log' };

const leaves = [0, 1].map((at) => leafHash(crypto, utf8(String(at))));
const [leaf = assert.fail(), sibling = assert.fail()] = leaves;
const root = rootOf(crypto, appendLeaves(crypto, emptyFrontier, leaves).frontier);
const note = utf8(signCheckpoint({ origin: 'example.org/log', size: 2, root, extension: [] }, [log, witness], 5));
const inclusion = inclusionProof(crypto, 2, 0, () => sibling);
const proof = { index: 0, inclusion, note };

test('what is written is read back, with extra data or without', () => {
  for (const value of [proof, { extra: utf8('context'), ...proof }, { ...proof, inclusion: [] }]) {
    assert.deepEqual(readTlogProof(utf8(writeTlogProof(value))), value);
  }
});

test('a proof shows its leaf offline', () => {
  const verified = verifyTlogProof(crypto, policy, utf8(writeTlogProof(proof)), leaf, expectOrigin);
  assert.deepEqual([verified.index, verified.leaf, verified.checkpoint.size], [0, leaf, 2]);
  assert.deepEqual(verified.cosigners, [{ name: 'w', timestamp: 5 }]);
});

test('another leaf, place, origin or proof is refused', () => {
  const verify = (value: typeof proof, of = leaf, expect = expectOrigin) =>
    verifyTlogProof(crypto, policy, utf8(writeTlogProof(value)), of, expect);
  refuses(() => verify(proof, sibling), 'inclusion-invalid');
  refuses(() => verify({ ...proof, index: 1 }), 'inclusion-invalid');
  refuses(() => verify({ ...proof, index: 2 }), 'inclusion-invalid');
  refuses(() => verify({ ...proof, inclusion: [] }), 'inclusion-invalid');
  refuses(() => verify({ ...proof, inclusion: [flip(sibling, 9)] }), 'inclusion-invalid');
  refuses(() => verify(proof, leaf, { expectOrigin: 'other' }), 'origin-unexpected');
});

test('every byte of a proof has one spelling', () => {
  const written = writeTlogProof({ extra: utf8('context'), ...proof });
  const changes: readonly (readonly [RegExp, string])[] = [
    [/v1/, 'v2'],
    [/^/, '\n'],
    [/extra .*/, 'extra '],
    [/extra/, 'Extra'],
    [/index 0/, 'index 00'],
    [/index 0\n/, ''],
    [/index 0/, 'index 0\nextra AAAA'],
    [/\n\n/, '\n'],
    [/=\n/, '\n'],
  ];
  for (const [from, to] of changes) {
    assert.throws(() => readTlogProof(utf8(written.replace(from, to))), { name: 'FormatError' }, String(from));
  }
  refuses(
    () => readTlogProof(utf8(written.replace(/index 0/, `$&${`\n${sibling.toBase64()}`.repeat(63)}`))),
    'size-limit',
  );
});
