import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActId, OfficerKeyKind, Sha256Hex } from '@entente/protocol';
import { approveByKeyFile, type OfficerKey, publicKeyOfFile, writeApproval } from '@entente/wire';
import { nodeCrypto as crypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { ApprovalBook, type Signatory } from '../../packages/station/src/custody/approval-book.ts';

const terms = { rpId: 'ma.example', origins: ['https://ma.example'] };
const accord = 'a'.repeat(64) as Sha256Hex;
const act = 'b'.repeat(64) as ActId;
const file = { algorithm: 'ed25519', secretSeed: crypto.randomBytes(32) } as const;
const publicKey = publicKeyOfFile(crypto, file);
const context = { rpId: terms.rpId, origin: 'https://ma.example', counter: 0 };
const bytes = writeApproval(approveByKeyFile(crypto, file, context, [act]));

function announcedAs(algorithm: OfficerKey['algorithm'], keyKind: OfficerKeyKind): Signatory {
  return { key: { kind: 'officer', keyKind, algorithm, publicKey }, terms };
}

/** What a station finds that was told of the key as each of these, one after the other. */
function found(...signatories: readonly Signatory[]): boolean | undefined {
  const book = new ApprovalBook(crypto);
  const signature = { key: crypto.sha256Hex(publicKey), approval: book.add(bytes) };
  return signatories.map((signatory) => book.holds(act, signature, accord, signatory)).at(-1);
}

test('a key announced anew as another kind is judged alike by a station that remembers and one that has just started', () => {
  const [asItIs, asP256] = [announcedAs('ed25519', 'key-file'), announcedAs('p256', 'key-file')];
  const synced = announcedAs('ed25519', 'synced-passkey');
  assert.equal(found(asItIs), true);
  assert.equal(found(asP256, asItIs), true);
  assert.equal(found(asItIs, asP256), false);
  assert.equal(found(synced, asItIs), true);
  assert.equal(found(asItIs, synced), false);
});

test('an approval that cannot be read is read once, however many acts name it', () => {
  const book = new ApprovalBook(crypto);
  const unreadable = new TextEncoder().encode(`{"acts":[${'1,'.repeat(40_000)}1]}`);
  const signature = { key: crypto.sha256Hex(publicKey), approval: book.add(unreadable) };
  const began = performance.now();
  for (let named = 0; named < 10_000; named++) {
    assert.equal(book.holds(act, signature, accord, announcedAs('ed25519', 'key-file')), false);
  }
  assert.ok(performance.now() - began < 2000);
});
