import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPolicy, verifyCheckpoint } from '@entente/c2sp';
import { c2spCryptoOf, nobleCrypto } from '@entente/wire';
import { nodeCrypto } from '../packages/station/src/adapters/node-crypto.ts';

// The published vectors, made by tools/make-vectors-checkpoints.ts.
const folder = join(import.meta.dirname, 'vectors', 'checkpoints');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const text = (name: string): string => new TextDecoder().decode(read(name)).trimEnd();
const expected = text('EXPECTED')
  .split('\n')
  .map((line) => line.split(' '));

for (const [name, own] of Object.entries({ 'node:crypto': nodeCrypto, '@noble': nobleCrypto })) {
  const crypto = c2spCryptoOf(own);
  const policy = readPolicy(crypto, read('policy.txt'));
  const expect = { expectOrigin: text('origin.txt') };

  test(`heads that both sides signed twice are trusted, by ${name}`, () => {
    const valid = readdirSync(join(folder, 'valid'));
    assert.ok(valid.length > 0);
    for (const file of valid) verifyCheckpoint(crypto, policy, read(`valid/${file}`), expect);
  });

  test(`every other head is refused for its reason, by ${name}`, () => {
    const named = new Set(expected.map(([file]) => file));
    assert.deepEqual(new Set(readdirSync(join(folder, 'invalid'))), named);
    for (const [file, code] of expected) {
      assert.throws(() => verifyCheckpoint(crypto, policy, read(`invalid/${file}`), expect), { code }, file);
    }
  });
}
