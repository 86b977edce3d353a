import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ActSignature,
  type Envelope,
  preAuthEncoding,
  readEnvelope,
  readLeaf,
  writeEnvelope,
  writeLeaf,
} from './index.ts';
import { hashOf, refuses, sizeOf, time, utf8 } from './wire.fixtures.ts';

const hash = fc.string().map(hashOf);
const signatures = fc.array(fc.record({ key: hash, approval: hash }, { noNullPrototype: true }), {
  minLength: 1,
  maxLength: 4,
});
const signed = { key: hashOf('key'), approval: hashOf('approval') };
const sample = writeEnvelope(utf8('{"v":1}'), [signed]);
const two = writeEnvelope(utf8('{"v":1}'), [signed, { ...signed, key: hashOf('other key') }]);
const leaf = {
  act: hashOf('act'),
  envelope: hashOf('envelope'),
  seen: { size: sizeOf(7), root: hashOf('root') },
  time,
};

test('an envelope reads back as it was written', () => {
  const check = (head: Uint8Array, by: readonly ActSignature[]): void =>
    assert.deepEqual(readEnvelope(writeEnvelope(head, by)), { headBytes: head, signatures: by });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), signatures, check));
});

test('what an envelope signs is what DSSE says', () => {
  const encoded = preAuthEncoding('http://example.com/HelloWorld', utf8('hello world'));
  assert.deepEqual(encoded, utf8('DSSEv1 29 http://example.com/HelloWorld 11 hello world'));
});

/** Every change of one byte must be refused or say something else: no two spellings of one content. */
function checkOneSpelling(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
  write: (value: never) => Uint8Array,
) {
  for (const [at, byte] of bytes.entries()) {
    for (const changed of [byte ^ 1, byte ^ 0x20, byte ^ 0x80, 0x20, 0x5c, 0x00]) {
      const other = bytes.with(at, changed);
      if (changed === byte || refuses(() => read(other))) continue;
      assert.deepEqual(write(read(other) as never), other);
    }
  }
}

test('an envelope has one spelling: any changed byte is refused or says something else', () => {
  for (const bytes of [sample, two]) {
    checkOneSpelling(bytes, readEnvelope, ({ headBytes, signatures: read }: Envelope) =>
      writeEnvelope(headBytes, read),
    );
  }
});

test('a leaf has one spelling: any changed byte is refused or says something else', () => {
  assert.deepEqual(readLeaf(writeLeaf(leaf)), leaf);
  checkOneSpelling(writeLeaf(leaf), readLeaf, writeLeaf);
});

test('a truncated, extended or oversized envelope or leaf is refused', () => {
  for (const [bytes, read] of [
    [sample, readEnvelope],
    [writeLeaf(leaf), readLeaf],
  ] as const) {
    for (let length = 0; length < bytes.length; length++) assert.ok(refuses(() => read(bytes.subarray(0, length))));
    assert.ok(refuses(() => read(new Uint8Array([...bytes, 0x0a]))));
    assert.ok(refuses(() => read(new Uint8Array(300 * 1024))));
  }
});

test('any bytes at all are an envelope or a refusal, never another error', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => refuses(() => readEnvelope(bytes))));
  fc.assert(fc.property(fc.string(), (text) => refuses(() => readLeaf(utf8(text)))));
});

test('an envelope with no signature, or five, is refused', () => {
  const text = new TextDecoder().decode(sample);
  const [, one = ''] = /\[(.*)\]/.exec(text) ?? [];
  assert.ok(refuses(() => readEnvelope(utf8(text.replace(one, '')))));
  assert.ok(refuses(() => readEnvelope(utf8(text.replace(one, [one, one, one, one, one].join(','))))));
});
