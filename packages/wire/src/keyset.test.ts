import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicy, verifyCheckpoint } from '@entente/c2sp';
import {
  acceptAccord,
  c2spCryptoOf,
  type Keyset,
  nobleCrypto,
  policyOf,
  publicKeysOf,
  readKeyset,
  readSpokenFingerprint,
  rootFingerprint,
  signKeyset,
  verifyAccord,
  verifyKeyset,
  verifyKeysetChain,
  verifyProposal,
  writeKeyset,
  writeSpokenFingerprint,
} from './index.ts';
import { TestChannel } from './channel.fixtures.ts';
import {
  accord,
  doubleSeedOf,
  fingerprints,
  hashOf,
  parties,
  proposal,
  refuses,
  signedAccord,
  utf8,
} from './wire.fixtures.ts';

const { fr, ma } = parties;
const nextRoot = doubleSeedOf('fr next root');
const trust = { root: fr.fingerprint, first: fr.keysetId, spares: [hashOf('spare')] };
const rekeyed = publicKeysOf(nobleCrypto, doubleSeedOf('fr log 2'));
const second: Keyset = { ...fr.keyset, number: 2, previous: fr.keysetId, keys: { ...fr.keyset.keys, log: rekeyed } };

test('a keyset reads back as it was written, and only its root makes it valid', () => {
  assert.deepEqual(readKeyset(writeKeyset(fr.keyset)), fr.keyset);
  assert.deepEqual(verifyKeyset(nobleCrypto, fr.signedKeyset, fr.fingerprint).keyset, fr.keyset);
  assert.throws(() => verifyKeyset(nobleCrypto, fr.signedKeyset, ma.fingerprint), { code: 'key-unknown' });
});

test('any changed byte of a signed keyset or accord is refused', () => {
  for (const [bytes, verify] of [
    [fr.signedKeyset, (changed: Uint8Array) => verifyKeyset(nobleCrypto, changed, fr.fingerprint)],
    [signedAccord, (changed: Uint8Array) => verifyAccord(nobleCrypto, changed, fingerprints)],
  ] as const) {
    for (let at = 0; at < bytes.length; at += 41) {
      assert.ok(
        refuses(() => verify(bytes.with(at, (bytes[at] ?? 0) ^ 1))),
        `byte ${at}`,
      );
    }
    for (let length = 0; length < bytes.length; length += 997)
      assert.ok(refuses(() => verify(bytes.subarray(0, length))));
  }
});

test('a keyset signed with one of the two algorithms is refused', () => {
  const json = JSON.parse(new TextDecoder().decode(fr.signedKeyset)) as { signatures: unknown[] };
  for (const at of [0, 1]) {
    const alone = { ...json, signatures: json.signatures.filter((_, index) => index !== at) };
    assert.throws(() => verifyKeyset(nobleCrypto, utf8(JSON.stringify(alone)), fr.fingerprint), {
      code: 'signature-missing',
    });
  }
});

test('keys change by the root or by the one it announced, each keyset naming the one before', () => {
  const sameRoot = signKeyset(nobleCrypto, second, fr.root);
  assert.equal(verifyKeysetChain(nobleCrypto, [fr.signedKeyset, sameRoot], trust).at(-1)?.keyset.number, 2);
  const moved = { ...second, root: publicKeysOf(nobleCrypto, nextRoot) };
  assert.equal(
    verifyKeysetChain(nobleCrypto, [fr.signedKeyset, signKeyset(nobleCrypto, moved, nextRoot)], trust).length,
    2,
  );
  const stolen = doubleSeedOf('thief');
  const forged = { ...second, root: publicKeysOf(nobleCrypto, stolen) };
  assert.throws(
    () => verifyKeysetChain(nobleCrypto, [fr.signedKeyset, signKeyset(nobleCrypto, forged, stolen)], trust),
    {
      code: 'key-unknown',
    },
  );
});

test('a chain that skips, repeats or begins elsewhere is refused; the spare of the accord may follow any', () => {
  const skipping = signKeyset(nobleCrypto, { ...second, number: 3 }, fr.root);
  const chain = [fr.signedKeyset, skipping];
  assert.throws(() => verifyKeysetChain(nobleCrypto, chain, trust), { code: 'keyset-malformed' });
  assert.throws(() => verifyKeysetChain(nobleCrypto, [fr.signedKeyset, fr.signedKeyset], trust), {
    code: 'keyset-malformed',
  });
  assert.throws(() => verifyKeysetChain(nobleCrypto, [skipping], trust), { code: 'keyset-malformed' });
  assert.throws(() => verifyKeysetChain(nobleCrypto, [], trust), { code: 'keyset-malformed' });
  const spare = verifyKeyset(nobleCrypto, skipping, fr.fingerprint).id;
  assert.equal(verifyKeysetChain(nobleCrypto, chain, { ...trust, spares: [spare] }).length, 2);
});

test('one key in two offices, a weak key or a recipient of another kind is refused', () => {
  const keys = fr.keyset.keys;
  for (const change of [
    { mirror: keys.log },
    { administration: keys.station },
    { offline: keys.sealing },
    { station: new Uint8Array(32) },
    { sealing: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' },
  ]) {
    assert.ok(refuses(() => readKeyset(writeKeyset({ ...fr.keyset, keys: { ...keys, ...change } }))));
  }
});

test('an accord stands when both roots signed with both algorithms, and not before', () => {
  assert.deepEqual(verifyAccord(nobleCrypto, signedAccord, fingerprints).accord, accord);
  assert.deepEqual(verifyProposal(nobleCrypto, proposal, fr.fingerprint).accord, accord);
  assert.throws(() => verifyAccord(nobleCrypto, proposal, fingerprints), { code: 'accord-not-signed' });
  assert.throws(() => verifyProposal(nobleCrypto, proposal, ma.fingerprint), { code: 'signature-missing' });
});

test('an accord of other roots than those compared by voice is refused', () => {
  assert.throws(() => verifyAccord(nobleCrypto, signedAccord, [fr.fingerprint, hashOf('other')]), {
    code: 'key-unknown',
  });
  assert.throws(() => verifyAccord(nobleCrypto, signedAccord, [fr.fingerprint, fr.fingerprint]), {
    code: 'key-unknown',
  });
});

test('a root that the accord does not name cannot accept it, nor the proposer twice', () => {
  for (const root of [doubleSeedOf('thief'), fr.root]) {
    assert.throws(() => acceptAccord(nobleCrypto, proposal, fr.fingerprint, root), { code: 'key-unknown' });
  }
});

test('a channel’s policy asks for both algorithms of its owner and of its mirror', () => {
  const channel = new TestChannel(fr, ma);
  const crypto = c2spCryptoOf(nobleCrypto);
  const policy = readPolicy(crypto, policyOf(nobleCrypto, fr.keyset, ma.keyset, 1));
  const lines = channel.cosigned().trimEnd().split('\n');
  const verify = (text: string) => verifyCheckpoint(crypto, policy, utf8(`${text}\n`), { expectOrigin: 'fr/ma/1' });
  assert.equal(verify(lines.join('\n')).checkpoint.size, 0);
  for (const missing of [4, 5, 6, 7]) {
    assert.throws(() => verify(lines.filter((_, at) => at !== missing).join('\n')), { name: 'FormatError' });
  }
});

test('a fingerprint read aloud and typed again is the same', () => {
  const fingerprint = rootFingerprint(nobleCrypto, fr.keyset.root);
  const spoken = writeSpokenFingerprint(fingerprint);
  assert.match(spoken, /^(?:(?:[0-9a-f]{4} ){3}[0-9a-f]{4}(?:\n|$)){4}$/);
  assert.equal(readSpokenFingerprint(` ${spoken.toUpperCase()}\n`), fingerprint);
  assert.ok(refuses(() => readSpokenFingerprint(spoken.slice(1))));
});
