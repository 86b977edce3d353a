import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { makeVkey, readKnownVkey, readVkey, verifyNote } from './index.ts';
import { crypto, refuses, utf8 } from './node-crypto.test.ts';

const EXAMPLE = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

test('the key of the signed-note specification verifies its example', () => {
  const note = utf8(
    'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
  );
  assert.equal(verifyNote(crypto, note, [readKnownVkey(crypto, EXAMPLE)]).text, 'This is an example message.\n');
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a', 'é/—'),
      fc.constantFrom(1, 4, 6),
      fc.infiniteStream(fc.nat(255)),
      (name, type, bytes) => {
        const vkey = makeVkey(crypto, name, type, Uint8Array.from(bytes.take(type === 6 ? 1312 : 32)));
        assert.deepEqual(readVkey(crypto, vkey.text), vkey);
        assert.deepEqual([vkey.name, vkey.type], [name, type]);
      },
    ),
  );
});

test('a key with another id, length or spelling is refused', () => {
  refuses(() => readVkey(crypto, EXAMPLE.replace('530d903a', '530d903b')), 'vkey-id');
  refuses(() => readVkey(crypto, EXAMPLE.replace('example.com', 'example.org')), 'vkey-id');
  refuses(() => readVkey(crypto, EXAMPLE.replace('530d903a', '530D903A')), 'vkey-shape');
  refuses(() => readVkey(crypto, EXAMPLE.slice(0, -4)), 'vkey-length');
  refuses(() => readVkey(crypto, `${EXAMPLE}\n`), 'vkey-shape');
  refuses(() => readVkey(crypto, EXAMPLE.replace('/foo', ' foo')), 'key-name');
  refuses(() => readVkey(crypto, 'a+00000000+'), 'vkey-shape');
});

test('a key of an unknown type is read but never usable', () => {
  const vkey = readVkey(crypto, 'rekor.sigstore.dev+12345678+AwEB');
  assert.equal(vkey.type === 'other' && vkey.typeByte, 3);
  refuses(() => readKnownVkey(crypto, 'rekor.sigstore.dev+12345678+AwEB'), 'vkey-type');
});
