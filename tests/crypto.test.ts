import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nodeCrypto } from '../packages/station/src/adapters/node-crypto.ts';
import { type Crypto, nobleCrypto } from '@entente/wire';

const both: readonly (readonly [string, Crypto, Crypto])[] = [
  ['the station', nodeCrypto, nobleCrypto],
  ['the browser', nobleCrypto, nodeCrypto],
];
const schemes = ['ed25519', 'mldsa44', 'p256'] as const;
const bytes = fc.uint8Array({ maxLength: 300 });

for (const [name, own, other] of both) {
  for (const scheme of schemes) {
    test(`what ${name} signs with ${scheme} the other verifies, and no other message`, () => {
      const { publicKey, secretSeed } = own[scheme].generate();
      assert.deepEqual(new Uint8Array(other[scheme].publicKeyOf(secretSeed)), new Uint8Array(publicKey));
      const check = (message: Uint8Array): void => {
        const signature = own[scheme].sign(secretSeed, message);
        assert.ok(other[scheme].verify(publicKey, message, signature));
        assert.ok(!other[scheme].verify(publicKey, new Uint8Array([...message, 1]), signature));
        assert.ok(!own[scheme].verify(publicKey, message, signature.slice(1)));
      };
      fc.assert(fc.property(bytes, check), { numRuns: 5 });
    });
  }

  test(`what ${name} encapsulates the other opens, with stock age's keys, and malformed bytes are refused`, () => {
    const secretSeed = own.randomBytes(32);
    const publicKey = own.xwing.publicKeyOf(secretSeed);
    assert.deepEqual(new Uint8Array(other.xwing.publicKeyOf(secretSeed)), new Uint8Array(publicKey));
    const { ciphertext, sharedSecret } = own.xwing.encapsulate(publicKey) ?? assert.fail('encapsulates');
    assert.deepEqual(
      new Uint8Array(other.xwing.decapsulate(secretSeed, ciphertext) ?? []),
      new Uint8Array(sharedSecret),
    );
    assert.equal(own.xwing.encapsulate(publicKey.slice(1)), undefined);
    assert.equal(own.xwing.decapsulate(secretSeed, ciphertext.slice(1)), undefined);
    // A point of small order would make the curve's half of the secret known to all.
    const small = new Uint8Array([...publicKey.slice(0, -32), ...new Uint8Array(32)]);
    assert.equal(own.xwing.encapsulate(small), undefined);
  });

  test(`${name} refuses malformed keys and signatures instead of failing`, () => {
    for (const scheme of schemes) {
      const check = (key: Uint8Array, signature: Uint8Array): void =>
        assert.equal(own[scheme].verify(key, new Uint8Array(3), signature), false);
      fc.assert(fc.property(bytes, bytes, check), { numRuns: 50 });
      const { publicKey } = own[scheme].generate();
      fc.assert(
        fc.property(bytes, (signature) => check(publicKey, signature)),
        { numRuns: 50 },
      );
    }
  });

  test(`${name} refuses the Ed25519 keys that have signed everything`, () => {
    const identity = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0));
    const signature = Uint8Array.from([...identity, ...new Uint8Array(32)]);
    assert.equal(own.ed25519.verify(identity, new TextEncoder().encode('anything'), signature), false);
  });

  test(`what ${name} hashes, seals and derives the other does alike`, () => {
    const check = (key: Uint8Array, nonce: Uint8Array, data: Uint8Array): void => {
      const sealed = own.sealChunk(key, nonce, data);
      assert.deepEqual(new Uint8Array(other.openChunk(key, nonce, sealed) ?? []), data);
      sealed[0] = (sealed[0] ?? 0) ^ 1;
      assert.equal(own.openChunk(key, nonce, sealed), undefined);
      assert.equal(own.openChunk(key, nonce, data.subarray(0, 15)), undefined);
      assert.deepEqual(new Uint8Array(own.sha256(data)), new Uint8Array(other.sha256(data)));
      assert.equal(own.sha256Hex(data), other.sha256(data).toHex());
      const stream = own.sha256Stream();
      for (const byte of data) stream.update(Uint8Array.of(byte));
      assert.equal(stream.digestHex(), other.sha256Hex(data));
      assert.deepEqual(own.hkdfSha256(key, nonce, 'payload', 32), other.hkdfSha256(key, nonce, 'payload', 32));
    };
    const of = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(fc.property(of(32), of(12), bytes, check), { numRuns: 30 });
  });
}
