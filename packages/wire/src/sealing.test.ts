import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { Refusal } from '@entente/protocol';
import {
  nobleCrypto,
  openChunks,
  openPayloadKey,
  openSealed,
  openStream,
  seal,
  sealingRecipientOf,
  sealStream,
  streamLayout,
} from './index.ts';
import { identities, utf8 } from './wire.fixtures.ts';

const identity = identities.ma.sealing;
const recipient = await sealingRecipientOf(identity);
const chunk = 64 * 1024;
const sizes = [0, 1, 15, 16, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 17];
const plaintextOf = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => at * 7);
const mib = 1024 * 1024;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part.slice());
  return new Uint8Array(Buffer.concat(parts));
}

test('what is sealed here the age library opens, and the reverse, at every size around a chunk', async () => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  for (const size of sizes) {
    const plaintext = plaintextOf(size);
    assert.deepEqual(await decrypter.decrypt(await seal(nobleCrypto, [recipient], plaintext)), plaintext);
    assert.deepEqual(
      await decrypter.decrypt(await whole(sealStream(nobleCrypto, [recipient], pieces(plaintext, 1000)))),
      plaintext,
    );
    assert.deepEqual(await openSealed(nobleCrypto, identity, await encrypter.encrypt(plaintext), mib), plaintext);
    assert.deepEqual(
      await whole(openStream(nobleCrypto, identity, pieces(await encrypter.encrypt(plaintext), 777))),
      plaintext,
    );
  }
});

test('in whatever pieces a file comes, it is sealed and opened the same', async () => {
  const plaintext = plaintextOf(3 * chunk + 17);
  for (const size of [chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 5, plaintext.length]) {
    const sealed = await whole(sealStream(nobleCrypto, [recipient], pieces(plaintext, size)));
    assert.deepEqual(await openSealed(nobleCrypto, identity, sealed, mib), plaintext, `${size} at once`);
    assert.deepEqual(
      await whole(openStream(nobleCrypto, identity, pieces(sealed, size))),
      plaintext,
      `${size} at once`,
    );
  }
});

test('a sealed file has the size that its layout says, and opens from any byte on', async () => {
  for (const size of sizes) {
    const plaintext = plaintextOf(size);
    const sealed = await seal(nobleCrypto, [recipient], plaintext);
    const { key, headerLength } = await openPayloadKey(nobleCrypto, identity, sealed);
    const layout = streamLayout(headerLength, size);
    assert.equal(layout.sealedSize, sealed.length);
    for (const offset of [0, 1, size - 1, chunk, chunk + 5].filter((at) => at >= 0 && at < size)) {
      const from = layout.chunkAt(offset);
      const rest = await whole(
        openChunks(nobleCrypto, key, pieces(sealed.subarray(layout.sealedStart(from)), 5000), from),
      );
      assert.deepEqual(rest.subarray(offset - layout.plaintextStart(from)), plaintext.subarray(offset));
    }
  }
});

test('whoever holds one of the identities opens it, nobody else', async () => {
  const other = await sealingRecipientOf(identities.ma.offline);
  const sealed = await seal(nobleCrypto, [recipient, other], utf8('for two'));
  for (const one of [identity, identities.ma.offline]) {
    assert.deepEqual(await openSealed(nobleCrypto, one, sealed, mib), utf8('for two'));
  }
  await assert.rejects(openSealed(nobleCrypto, identities.fr.sealing, sealed, mib), { code: 'seal-unopenable' });
});

test('any changed byte, and any cut, makes a sealed file unopenable', async () => {
  const sealed = await seal(nobleCrypto, [recipient], plaintextOf(40));
  const places = fc.integer({ min: 0, max: sealed.length - 1 });
  const opens = (bytes: Uint8Array): Promise<boolean> =>
    openSealed(nobleCrypto, identity, bytes, mib).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal) return false;
        throw error;
      },
    );
  const changed = async (at: number, bit: number): Promise<void> =>
    assert.equal(await opens(sealed.with(at, (sealed[at] ?? 0) ^ (1 << bit))), false);
  const cut = async (at: number): Promise<void> => {
    assert.equal(await opens(sealed.subarray(0, at)), false);
    await assert.rejects(whole(openStream(nobleCrypto, identity, pieces(sealed.subarray(0, at), 100))), Refusal);
  };
  await fc.assert(fc.asyncProperty(places, fc.integer({ min: 0, max: 7 }), changed), { numRuns: 60 });
  await fc.assert(fc.asyncProperty(places, cut), { numRuns: 30 });
});

test('an empty last chunk after a full one, a second spelling of the same file, is refused', async () => {
  const sealed = await seal(nobleCrypto, [recipient], plaintextOf(chunk));
  const { key, headerLength } = await openPayloadKey(nobleCrypto, identity, sealed);
  const start = sealed.subarray(0, headerLength + 16);
  const nonce = (at: number, last: number): Uint8Array => new Uint8Array(12).with(10, at).with(11, last);
  const full = nobleCrypto.sealChunk(key, nonce(0, 0), plaintextOf(chunk));
  const empty = nobleCrypto.sealChunk(key, nonce(1, 1), new Uint8Array(0));
  const twoChunks = new Uint8Array([...start, ...full, ...empty]);
  await assert.rejects(whole(openStream(nobleCrypto, identity, pieces(twoChunks, 9999))), { code: 'seal-unopenable' });
  await assert.rejects(openSealed(nobleCrypto, identity, twoChunks, mib), { code: 'seal-unopenable' });
});

test('a plaintext above the limit is refused before it is opened', async () => {
  const sealed = await seal(nobleCrypto, [recipient], plaintextOf(2000));
  await assert.rejects(openSealed(nobleCrypto, identity, sealed, 1999), { code: 'too-large' });
  assert.equal((await openSealed(nobleCrypto, identity, sealed, 2000)).length, 2000);
  await assert.rejects(openSealed(nobleCrypto, identity, new Uint8Array(mib), 1000), { code: 'too-large' });
});

test('nothing is sealed to a recipient that a quantum computer could open', async () => {
  const x25519 = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  await assert.rejects(seal(nobleCrypto, [x25519], utf8('x')), { code: 'key-malformed' });
  await assert.rejects(seal(nobleCrypto, [recipient, x25519], utf8('x')), { code: 'key-malformed' });
  await assert.rejects(seal(nobleCrypto, [], utf8('x')), { code: 'key-malformed' });
});
