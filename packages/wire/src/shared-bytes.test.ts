import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { GrowingText } from './growing-text.ts';
import { readSharedBase64, sharedUtf8 } from './shared-bytes.ts';

const texts = ['', 'a', 'été', 'هوية', '𐍈'.repeat(700), 'x'.repeat(2730), 'x'.repeat(2731), 'ط'.repeat(40_000)];

test('texts that share a buffer keep their own bytes, however many come after', () => {
  const many = Array.from({ length: 100 }, () => texts).flat();
  const written = many.map(sharedUtf8);
  for (const [at, bytes] of written.entries()) assert.deepEqual(bytes, new TextEncoder().encode(many[at]));
});

test('base64 in a shared buffer is read in its one spelling, short and long', () => {
  for (const length of [0, 1, 2, 3, 700, 6143, 6144, 6145, 20_000]) {
    const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
    assert.deepEqual(readSharedBase64(bytes.toBase64(), 'payload'), bytes);
  }
  for (const text of ['YQ', 'YQ==\n', 'YR==', 'Y Q==', '=', 'é'])
    assert.throws(() => readSharedBase64(text, 'payload'), Refusal);
});

test('a text grows over its room in any script', () => {
  const text = new GrowingText();
  for (const one of texts) text.add(one);
  assert.deepEqual(text.bytes(), new TextEncoder().encode(texts.join('')));
  assert.equal(text.length, text.bytes().length);
});
