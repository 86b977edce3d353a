import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ActId } from '@entente/protocol';
import { approvalChallenge, type Assertion, type OfficerKey } from '@entente/wire';
import { checkAssertion, flag } from '../../packages/wire/src/assertion.ts';
import { nodeCrypto as crypto } from '../../packages/station/src/adapters/node-crypto.ts';

const terms = { rpId: 'ma.example', origins: ['https://ma.example'] };
const challenge = approvalChallenge(crypto, ['b'.repeat(64) as ActId]);
const { publicKey, secretSeed } = crypto.ed25519.generate();
const key: OfficerKey = { kind: 'officer', keyKind: 'key-file', algorithm: 'ed25519', publicKey };

/** An assertion whose client data has more members than a browser writes; its signature holds. */
function assertionWith(more: Readonly<Record<string, unknown>>): Assertion {
  const data = { type: 'webauthn.get', challenge: challenge.toBase64({ alphabet: 'base64url', omitPadding: true }) };
  const clientDataJSON = new TextEncoder().encode(JSON.stringify({ ...data, origin: terms.origins[0], ...more }));
  const authenticatorData = new Uint8Array(37);
  authenticatorData.set(crypto.sha256(new TextEncoder().encode(terms.rpId)));
  authenticatorData[32] = flag.userPresent | flag.userVerified;
  const signed = Buffer.concat([authenticatorData, crypto.sha256(clientDataJSON)]);
  return { authenticatorData, clientDataJSON, signature: crypto.ed25519.sign(secretSeed, signed) };
}

const check = (assertion: Assertion): void => checkAssertion(crypto, assertion, challenge, key, terms);

test('client data with a member whose name needs an escape is refused, whatever the process has read before', () => {
  const names = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\\', ' '), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.dictionary(names, fc.integer()), (more) => {
      const isEscaped = Object.keys(more).some((name) => /["\\]/.test(name));
      if (!isEscaped) return check(assertionWith(more));
      assert.throws(() => check(assertionWith(more)), { code: 'approval-malformed' });
    }),
    { numRuns: 5000 },
  );
});

test('members and values as browsers write them are accepted', () => {
  check(
    assertionWith({ crossOrigin: false, other_keys_can_be_added_here: 'see "https://goo.gl/yabPex": \\ and more' }),
  );
});
