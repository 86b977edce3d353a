import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readBase64, writeBase64 } from './index.ts';
import { refuses } from './node-crypto.test.ts';

test('what is written is read back', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(readBase64(writeBase64(bytes)), bytes)));
});

test('a text is refused or is the one spelling of its bytes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-D/+=\s-]{0,8}$/), (text) => {
      let bytes: Uint8Array;
      try {
        bytes = readBase64(text);
      } catch {
        return;
      }
      assert.equal(writeBase64(bytes), text);
    }),
  );
});

test('missing padding, white space, unused bits and the URL alphabet are refused', () => {
  for (const text of ['QQ', 'QQ=', 'QR==', 'Q Q==', 'QQ==\n', 'QQ==QQ==', '-_8=', 'Q===']) {
    refuses(() => readBase64(text), 'base64');
  }
});
