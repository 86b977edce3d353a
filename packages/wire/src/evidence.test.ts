import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  approveByKey,
  approveByKeyFile,
  type EvidenceFiles,
  type KeyFile,
  nobleCrypto,
  policyOf,
  publicKeyOfFile,
  readEnvelope,
  verifyEvidence,
  writeApproval,
  writeEnvelope,
  writeEvidence,
} from './index.ts';
import { entryOf, nothingSeen, TestChannel, type TestEntry } from './channel.fixtures.ts';
import {
  fingerprints,
  fr,
  hashOf,
  headOf,
  ma,
  parties,
  refuses,
  seedOf,
  signedAccord,
  terms,
} from './wire.fixtures.ts';

const file: KeyFile = { algorithm: 'p256', secretSeed: seedOf('officer') };
const publicKey = publicKeyOfFile(nobleCrypto, file);
const key = nobleCrypto.sha256Hex(publicKey);
const context = { rpId: terms.fr.rpId, origin: terms.fr.origins[0] ?? '', counter: 1 };

const channel = new TestChannel(parties.fr, parties.ma);
const back = new TestChannel(parties.ma, parties.fr);
const inputs = {
  key,
  algorithm: 'p256',
  publicKey: publicKey.toBase64(),
  kind: 'key-file',
  pseudonym: 'o-7f3a',
  function: 'duty',
};
const binding = entryOf(
  headOf(fr, { type: 'relation/officer-key', inputs }),
  (acts) => approveByKey(nobleCrypto, 'administration', acts, parties.fr.administration),
  nothingSeen,
);
const act = entryOf(
  headOf(fr),
  (acts) => approveByKeyFile(nobleCrypto, file, context, acts),
  nothingSeen,
  '{"fields":{}}',
);
const heads = (from: typeof fr, station: Uint8Array, seen: TestEntry['seen'], n: number): TestEntry =>
  entryOf(
    headOf(from, { type: 'relation/heads', inputs: { n } }),
    (acts) => approveByKey(nobleCrypto, 'station', acts, station),
    seen,
  );
channel.entries.push(heads(fr, parties.fr.station, nothingSeen, 0), binding, act);
back.entries.push(heads(ma, parties.ma.station, nothingSeen, 0), heads(ma, parties.ma.station, channel.seen(3), 1));
channel.entries.push(heads(fr, parties.fr.station, back.seen(2), 1), heads(fr, parties.fr.station, back.seen(2), 2));

const receipt = back.proven(1);
const bundle: EvidenceFiles = writeEvidence({
  accord: signedAccord,
  parties: [
    {
      party: fr,
      keysets: [parties.fr.signedKeyset],
      policy: policyOf(nobleCrypto, parties.fr.keyset, parties.ma.keyset, 1),
    },
    {
      party: ma,
      keysets: [parties.ma.signedKeyset],
      policy: policyOf(nobleCrypto, parties.ma.keyset, parties.fr.keyset, 1),
    },
  ],
  act: channel.proven(2),
  ...(act.body === null ? {} : { body: act.body }),
  approvals: new Map([act, binding].map(({ approval }) => [nobleCrypto.sha256Hex(approval), approval])),
  officerKeys: new Map([[key, channel.proven(1)]]),
  receipt: { leaf: receipt.leaf, proof: receipt.proof, inclusion: channel.inclusion(2, 3) },
});
const verify = (files: EvidenceFiles) => verifyEvidence(nobleCrypto, files, fingerprints);
const changed = (name: string, bytes: Uint8Array | undefined): EvidenceFiles => {
  const files = new Map(bundle);
  if (bytes === undefined) files.delete(name);
  else files.set(name, bytes);
  return files;
};

test('a bundle proves who authorised, that the party logged it and that the counterpart held it', () => {
  const evidence = verify(bundle);
  assert.equal(evidence.act.id, act.id);
  assert.equal(evidence.body, 'included');
  assert.deepEqual(evidence.authorised, [
    { kind: 'officer', key, pseudonym: 'o-7f3a', function: 'duty', enrolledAt: 1 },
  ]);
  assert.deepEqual([evidence.logged.origin, evidence.logged.index, evidence.logged.headSize], ['fr/ma/1', 2, 5]);
  assert.deepEqual([evidence.received.by, evidence.received.index, evidence.received.headSize], [ma, 1, 2]);
  assert.ok(evidence.doesNotProve.includes('honest-screen'));
});

test('without the body a bundle proves the same of the head, and says that the body was left out', () => {
  assert.equal(verify(changed('act/body.json', undefined)).body, 'left-out');
});

test('no step can be skipped: a bundle without any other of its files is refused', () => {
  for (const name of bundle.keys()) {
    if (name !== 'act/body.json')
      assert.ok(
        refuses(() => verify(changed(name, undefined))),
        name,
      );
  }
});

test('any changed byte of any file is refused', () => {
  for (const [name, bytes] of bundle) {
    const step = Math.max(1, Math.floor(bytes.length / 5));
    for (let at = 0; at < bytes.length; at += step) {
      assert.ok(
        refuses(() => verify(changed(name, bytes.with(at, (bytes[at] ?? 0) ^ 1)))),
        `${name}, byte ${at}`,
      );
    }
  }
});

test('the same head in an envelope with other signatures is not the one that was logged', () => {
  const station = approveByKey(nobleCrypto, 'station', [act.id], parties.fr.station);
  const bytes = writeApproval(station);
  const id = nobleCrypto.sha256Hex(bytes);
  const { headBytes } = readEnvelope(act.envelope);
  const envelope = writeEnvelope(headBytes, [{ key: station.by.key, approval: id }]);
  const files = new Map(bundle).set('act/envelope.json', envelope).set(`approvals/${id}.json`, bytes);
  assert.throws(() => verify(files), { code: 'hash-mismatch', detail: { where: 'act/envelope.json' } });
});

test('a file that nothing looked at is refused', () => {
  assert.throws(() => verify(changed('note.txt', new Uint8Array(1))), { code: 'field-unknown' });
});

test('fingerprints that were not compared by voice prove nothing', () => {
  assert.throws(() => verifyEvidence(nobleCrypto, bundle, [fingerprints[0], hashOf('other')]), { code: 'key-unknown' });
});

test('a receipt that saw less than the act is no receipt of it', () => {
  const early = back.proven(0);
  const files = new Map(bundle).set('receipt/leaf.json', early.leaf).set('receipt/tlog-proof.txt', early.proof);
  assert.throws(() => verify(files), { code: 'proof-invalid' });
});

test('an officer’s key bound after the act does not authorise it', () => {
  const later = new TestChannel(parties.fr, parties.ma);
  later.entries.push(heads(fr, parties.fr.station, nothingSeen, 0), act, binding);
  const receiver = new TestChannel(parties.ma, parties.fr);
  receiver.entries.push(heads(ma, parties.ma.station, later.seen(), 0));
  const { leaf, proof } = receiver.proven(0);
  const files = new Map(bundle);
  for (const [folder, entry] of [
    ['act', later.proven(1)],
    [`officer-keys/${key}`, later.proven(2)],
  ] as const) {
    files.set(`${folder}/leaf.json`, entry.leaf).set(`${folder}/tlog-proof.txt`, entry.proof);
  }
  files.set('receipt/leaf.json', leaf).set('receipt/tlog-proof.txt', proof);
  const inclusion = later
    .inclusion(1)
    .map((hash) => `${hash.toBase64()}\n`)
    .join('');
  files.set('receipt/inclusion.txt', new TextEncoder().encode(inclusion));
  assert.throws(() => verify(files), {
    code: 'key-unknown',
    detail: { where: `officer-keys/${key}`, what: 'bound after the act' },
  });
});
