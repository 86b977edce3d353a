import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import fc from 'fast-check';
import {
  type Approval,
  approvalChallenge,
  approveByKey,
  approveByKeyFile,
  approveByRoot,
  type ApproverKey,
  type Crypto,
  type KeyFile,
  makeAssertion,
  nobleCrypto,
  publicKeyOfFile,
  publicKeysOf,
  readApproval,
  verifyApproval,
  writeApproval,
} from './index.ts';
import { flag } from './assertion.ts';
import { doubleSeedOf, hashOf, refuses, seedOf, terms, utf8 } from './wire.fixtures.ts';

const acts = [hashOf('one'), hashOf('two'), hashOf('three')];
const context = { rpId: terms.fr.rpId, origin: 'https://sign.fr.example', counter: 3 };
const root = doubleSeedOf('fr root');

function officer(algorithm: KeyFile['algorithm'], crypto: Crypto = nobleCrypto) {
  const file: KeyFile = { algorithm, secretSeed: seedOf(`officer ${algorithm}`) };
  const publicKey = publicKeyOfFile(crypto, file);
  const key = { kind: 'officer', keyKind: 'key-file', algorithm, publicKey } as const;
  return { file, key, approval: approveByKeyFile(crypto, file, context, acts) };
}

const all: readonly (readonly [string, Approval, ApproverKey])[] = [
  ['officer with Ed25519', officer('ed25519').approval, officer('ed25519').key],
  ['officer with P-256', officer('p256').approval, officer('p256').key],
  ...(['station', 'administration'] as const).map((kind) => {
    const seed = seedOf(kind);
    const key: ApproverKey = { kind, publicKey: nobleCrypto.ed25519.publicKeyOf(seed) };
    return [kind, approveByKey(nobleCrypto, kind, acts, seed), key] as const;
  }),
  ['root', approveByRoot(nobleCrypto, acts, root), { kind: 'root', root: publicKeysOf(nobleCrypto, root) }],
];

for (const [name, approval, key] of all) {
  test(`the approval of a ${name} verifies after a journey as bytes`, () => {
    const read = readApproval(writeApproval(approval));
    assert.deepEqual(writeApproval(read), writeApproval(approval));
    assert.deepEqual(verifyApproval(nobleCrypto, read, key, terms.fr).acts, acts);
  });

  test(`the approval of a ${name} stands for these acts in this order and no others`, () => {
    for (const others of [acts.toReversed(), acts.slice(1), [...acts, hashOf('four')]]) {
      assert.throws(() => verifyApproval(nobleCrypto, { ...approval, acts: others }, key, terms.fr), {
        code: 'signature-invalid',
      });
    }
  });

  test(`any changed byte of the approval of a ${name} is refused`, () => {
    const bytes = writeApproval(approval);
    for (let at = 0; at < bytes.length; at += bytes.length > 2000 ? 37 : 1) {
      const other = bytes.with(at, (bytes[at] ?? 0) ^ 1);
      assert.ok(
        refuses(() => verifyApproval(nobleCrypto, readApproval(other), key, terms.fr)),
        `byte ${at}`,
      );
    }
  });

  test(`a key of another kind does not pass for a ${name}'s`, () => {
    for (const [otherName, , other] of all) {
      if (otherName !== name) assert.ok(refuses(() => verifyApproval(nobleCrypto, approval, other, terms.fr)));
    }
  });
}

test('a station’s key enrolled as an administration’s does not make the approval its own', () => {
  const seed = seedOf('station');
  const publicKey = nobleCrypto.ed25519.publicKeyOf(seed);
  const approval = approveByKey(nobleCrypto, 'station', acts, seed);
  const verify = () => verifyApproval(nobleCrypto, approval, { kind: 'administration', publicKey }, terms.fr);
  assert.throws(verify, { code: 'key-not-allowed' });
});

/** The officer's approval, made of what an authenticator or browser gone wrong would have signed. */
function approvalWith(
  change: (data: Uint8Array) => Uint8Array,
  clientData: (json: string) => string = (json) => json,
): Approval {
  const { file, key } = officer('ed25519');
  const { authenticatorData, clientDataJSON } = makeAssertion(
    nobleCrypto,
    file,
    context,
    approvalChallenge(nobleCrypto, acts),
  );
  const changed = { data: change(authenticatorData), json: utf8(clientData(new TextDecoder().decode(clientDataJSON))) };
  const signed = Uint8Array.from([...changed.data, ...nobleCrypto.sha256(changed.json)]);
  return {
    acts,
    by: {
      kind: 'officer',
      key: nobleCrypto.sha256Hex(key.publicKey),
      authenticatorData: changed.data,
      clientDataJSON: changed.json,
      signature: nobleCrypto.ed25519.sign(file.secretSeed, signed),
    },
  };
}
const withFlags = (flags: number) => (data: Uint8Array) => data.with(32, flags);
const both = flag.userPresent | flag.userVerified;
const same = (data: Uint8Array): Uint8Array => data;

const wrong: Readonly<Record<string, Approval>> = {
  'made without the user being verified': approvalWith(withFlags(flag.userPresent)),
  'made without the user being present': approvalWith(withFlags(flag.userVerified)),
  'made by a credential that syncs to a cloud': approvalWith(withFlags(both | flag.backupEligible)),
  'that claims a backup of what cannot be backed up': approvalWith(withFlags(both | flag.backedUp)),
  'with attested data, as at registration': approvalWith(withFlags(both | flag.attested)),
  'with bytes after the counter and no extension': approvalWith((data) => Uint8Array.from([...data, 1])),
  'with an extension announced and none there': approvalWith(withFlags(both | flag.extensions)),
  'for another relying party': approvalWith((data) => data.with(0, (data[0] ?? 0) ^ 1)),
  'on another page': approvalWith(same, (json) => json.replace('sign.fr', 'sign.fr.evil')),
  'in a frame of another page': approvalWith(same, (json) => json.replace('false', 'true')),
  'under a page of another origin': approvalWith(same, (json) =>
    json.replace('}', ',"topOrigin":"https://a.example"}'),
  ),
  'made at registration': approvalWith(same, (json) => json.replace('webauthn.get', 'webauthn.create')),
  'with the origin twice': approvalWith(same, (json) => json.replace('{', '{"origin":"https://evil.example",')),
  'with a member twice inside another': approvalWith(same, (json) => json.replace('}', ',"x":{"a":1,"a":2}}')),
  'with an escaped second origin': approvalWith(same, (json) => json.replace('{', String.raw`{"\u006frigin":"x",`)),
  'with no client data': approvalWith(same, () => 'null'),
  'with client data nested to the limit': approvalWith(same, (json) =>
    json.replace('}', `,"x":${'['.repeat(1900)}${']'.repeat(1900)},"x":1}`),
  ),
  'with client data that is not JSON': approvalWith(same, (json) => `${json}}`),
};
for (const [what, approval] of Object.entries(wrong)) {
  test(`an officer's approval ${what} is refused`, () => {
    const { key } = officer('ed25519');
    assert.ok(refuses(() => verifyApproval(nobleCrypto, readApproval(writeApproval(approval)), key, terms.fr)));
  });
}

test('members that browsers add to client data are left alone', () => {
  const { key } = officer('ed25519');
  const added = ',"other_keys_can_be_added_here":"do not compare: see \\"a\\":https:\\/\\/goo.gl","n":[1,{"a":":"}]}';
  const approval = approvalWith(same, (json) => json.replace('}', added));
  assert.equal(verifyApproval(nobleCrypto, approval, key, terms.fr).acts.length, 3);
});

test('a synced passkey counts where it was bound as one, and a device-bound one never turns into it', () => {
  const key = { ...officer('ed25519').key, keyKind: 'synced-passkey' } as const;
  const synced = approvalWith(withFlags(both | flag.backupEligible | flag.backedUp));
  assert.equal(verifyApproval(nobleCrypto, synced, key, terms.fr).acts.length, 3);
  assert.ok(refuses(() => verifyApproval(nobleCrypto, officer('ed25519').approval, key, terms.fr)));
});

for (const algorithm of ['ed25519', 'p256'] as const) {
  test(`a program we did not write accepts the key file's ${algorithm} assertion`, async () => {
    const { file, key } = officer(algorithm);
    const challenge = approvalChallenge(nobleCrypto, acts);
    const assertion = makeAssertion(nobleCrypto, file, context, challenge);
    const url = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: url(challenge),
        rawId: url(challenge),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          authenticatorData: url(assertion.authenticatorData),
          clientDataJSON: url(assertion.clientDataJSON),
          signature: url(assertion.signature),
        },
      },
      expectedChallenge: url(challenge),
      expectedOrigin: context.origin,
      expectedRPID: context.rpId,
      requireUserVerification: true,
      credential: { id: url(challenge), publicKey: coseKey(algorithm, key.publicKey), counter: 2 },
    });
    assert.ok(verified);
    assert.equal(authenticationInfo.newCounter, 3);
  });
}

function coseKey(algorithm: KeyFile['algorithm'], publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const members: [number, number | Uint8Array][] =
    algorithm === 'ed25519'
      ? [
          [1, 1],
          [3, -8],
          [-1, 6],
          [-2, new Uint8Array(publicKey)],
        ]
      : [
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, publicKey.slice(1, 33)],
          [-3, publicKey.slice(33)],
        ];
  return isoCBOR.encode(new Map<number, number | Uint8Array>(members));
}

test('base64 in any other spelling is refused: white space inside, no padding, bits left over', () => {
  const text = new TextDecoder().decode(writeApproval(officer('ed25519').approval));
  const [, signature = ''] = /"signature":"([^"=]*)=="/.exec(text) ?? [];
  for (const other of [
    ` ${signature}==`,
    `${signature.slice(0, 8)}\\n${signature.slice(8)}==`,
    signature,
    `${signature.slice(0, -1)}B==`,
  ]) {
    assert.throws(() => readApproval(utf8(text.replace(`${signature}==`, other))), { code: 'base64-malformed' });
  }
});

test('approvals of no act, of one act twice, or of more than a thousand are refused', () => {
  const [, approval] = all[2] ?? all[0] ?? [];
  assert.ok(approval);
  const many = Array.from({ length: 1001 }, (_, at) => hashOf(String(at)));
  for (const list of [[], [...acts, ...acts], many]) {
    assert.ok(refuses(() => readApproval(writeApproval({ ...approval, acts: list }))));
  }
  assert.equal(readApproval(writeApproval({ ...approval, acts: many.slice(1) })).acts.length, 1000);
});

test('any bytes at all are an approval or a refusal, never another error', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => refuses(() => readApproval(utf8(text)))));
});
