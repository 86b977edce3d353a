import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readKnownVkey } from '@entente/c2sp';
import { nodeCrypto } from '../packages/station/src/adapters/node-crypto.ts';
import {
  type ApproverKey,
  c2spCryptoOf,
  nobleCrypto,
  openParcel,
  readApproval,
  readEnvelope,
  type SigningTerms,
  verifyApproval,
  writeApproval,
  writeEnvelope,
} from '@entente/wire';
import { fr, ma, relation } from '../packages/wire/src/wire.fixtures.ts';

// The published vectors, made by tools/make-vectors-wire.ts: `valid/*`, `invalid/*`, and the refusal codes in EXPECTED.

const root = join(import.meta.dirname, 'vectors');
const read = (family: string, name: string): Uint8Array => new Uint8Array(readFileSync(join(root, family, name)));
const textOf = (family: string, name: string): string => new TextDecoder().decode(read(family, name));

function hold(family: string, verify: (bytes: Uint8Array, name: string) => void, where = ''): void {
  const valid = readdirSync(join(root, family, 'valid'));
  const expected = new Map(
    textOf(family, 'EXPECTED')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  test(`the ${valid.length} valid ${family} are accepted${where}`, () => {
    assert.ok(valid.length > 0);
    for (const name of valid) verify(read(family, `valid/${name}`), name);
  });
  test(`the ${expected.size} invalid ${family} are refused, each for its reason${where}`, () => {
    assert.deepEqual(readdirSync(join(root, family, 'invalid')).sort(), [...expected.keys()].sort());
    for (const [name, code] of expected)
      assert.throws(() => verify(read(family, `invalid/${name}`), name), { code }, name);
  });
}

hold('envelopes', (bytes) => {
  const { headBytes, signatures } = readEnvelope(bytes);
  assert.deepEqual(writeEnvelope(headBytes, signatures), bytes);
});

type WrittenKey = Readonly<
  Partial<Record<'kind' | 'keyKind' | 'algorithm' | 'publicKey' | 'ed25519' | 'mldsa44', string>>
>;
const { keys, ...terms } = JSON.parse(textOf('approvals', 'keys.json')) as SigningTerms & {
  readonly keys: Readonly<Record<string, WrittenKey>>;
};

function keyOf(name: string): ApproverKey {
  const written = keys[name.split('.')[0] ?? ''];
  assert.ok(written, name);
  const { publicKey = '', ed25519 = '', mldsa44 = '' } = written;
  const raw = { publicKey: Uint8Array.fromBase64(publicKey) };
  const both = { ed25519: Uint8Array.fromBase64(ed25519), mldsa44: Uint8Array.fromBase64(mldsa44) };
  return (written.kind === 'root' ? { kind: 'root', root: both } : { ...written, ...raw }) as ApproverKey;
}

for (const [crypto, where] of [
  [nodeCrypto, ' by a station'],
  [nobleCrypto, ' in a browser'],
] as const) {
  hold(
    'approvals',
    (bytes, name) => {
      const approval = readApproval(bytes);
      assert.deepEqual(writeApproval(approval), bytes);
      verifyApproval(crypto, approval, keyOf(name), terms);
    },
    where,
  );

  hold(
    'parcels',
    (bytes) => {
      const [ed25519 = '', mldsa44 = ''] = textOf('parcels', 'vkeys.txt').split('\n');
      const hasher = c2spCryptoOf(crypto);
      const log = { ed25519: readKnownVkey(hasher, ed25519), mldsa44: readKnownVkey(hasher, mldsa44) };
      for (const _ of openParcel(crypto, bytes, { from: fr, to: ma, relation, epoch: 1, log }).items());
    },
    where,
  );
}
