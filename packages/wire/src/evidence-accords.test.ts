import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Head, type Sha256Hex, writeAccord } from '@entente/protocol';
import {
  approveByKey,
  approveByRoot,
  type EvidenceFiles,
  type Keyset,
  nobleCrypto,
  policyOf,
  publicKeysOf,
  signKeyset,
  verifyEvidence,
  verifyKeyset,
  writeEvidence,
} from './index.ts';
import { entryOf, nothingSeen, TestChannel, type TestEntry } from './channel.fixtures.ts';
import {
  accord as firstAccord,
  accordBytes,
  doubleSeedOf,
  fingerprints,
  fr,
  headOf,
  ma,
  parties,
  seedOf,
  signedAccord,
  type TestParty,
} from './wire.fixtures.ts';

const noble = nobleCrypto;

// The spare keyset that the second accord names for FR, and that is in force in the end.
const spareLog = doubleSeedOf('fr spare log');
const spare: Keyset = {
  ...parties.fr.keyset,
  number: 7,
  keys: {
    ...parties.fr.keyset.keys,
    log: publicKeysOf(noble, spareLog),
    station: noble.ed25519.publicKeyOf(seedOf('fr spare station')),
  },
};
const signedSpare = signKeyset(noble, spare, parties.fr.root);
const { id: spareKeyset } = verifyKeyset(noble, signedSpare, parties.fr.fingerprint);
const [french, moroccan] = firstAccord.parties;
const first = noble.sha256Hex(accordBytes);
const second = writeAccord({ ...firstAccord, previous: first, parties: [{ ...french, spareKeyset }, moroccan] });
const secondId = noble.sha256Hex(second);
const frWithSpare: TestParty = { ...parties.fr, keyset: spare, log: spareLog };

interface Wanted {
  /** The accord that was agreed on, where it is not the second. */
  readonly agreed?: Uint8Array;
  readonly acceptedBy: TestParty;
  /** Under which accord FR speaks, and how much of the other channel it had seen. */
  readonly under: Sha256Hex;
  readonly saw: 0 | 1;
}

/** FR proposes, somebody accepts, FR speaks, MA receipts. */
function bundleOf({ agreed: accord = second, acceptedBy, under, saw }: Wanted): Map<string, Uint8Array> {
  const channel = new TestChannel(frWithSpare, parties.ma);
  const back = new TestChannel(parties.ma, frWithSpare);
  const byRoot = (head: Head, party: TestParty, seen: TestEntry['seen']): TestEntry =>
    entryOf(head, (acts) => approveByRoot(noble, acts, party.root), seen);
  const inputs = { accord: noble.sha256Hex(accord), previous: first };
  const proposal = byRoot(headOf(fr, { type: 'relation/accord-proposal', inputs }), parties.fr, nothingSeen);
  channel.entries.push(proposal);
  const accepted = { type: 'relation/accord-acceptance', inputs: { ...inputs, proposal: proposal.id } };
  const acceptance = byRoot(headOf(ma, accepted), acceptedBy, channel.seen());
  back.entries.push(acceptance);
  const station = (from: typeof fr, seed: Uint8Array, seen: TestEntry['seen'], accord: Sha256Hex) =>
    entryOf(
      headOf(from, { type: 'relation/exercise', accord }),
      (acts) => approveByKey(noble, 'station', acts, seed),
      seen,
    );
  const act = station(fr, seedOf('fr spare station'), saw === 0 ? nothingSeen : back.seen(), under);
  channel.entries.push(act);
  back.entries.push(station(ma, parties.ma.station, channel.seen(), secondId));
  const receipt = back.proven(1);
  const approvals = [proposal, acceptance, act].map(({ approval }) => approval);
  return new Map(
    writeEvidence({
      accord: signedAccord,
      laterAccords: [{ accord, proposal: channel.proven(0), acceptance: back.proven(0) }],
      parties: [
        {
          party: fr,
          keysets: [parties.fr.signedKeyset, signedSpare],
          policy: policyOf(noble, spare, parties.ma.keyset, 1),
        },
        { party: ma, keysets: [parties.ma.signedKeyset], policy: policyOf(noble, parties.ma.keyset, spare, 1) },
      ],
      act: channel.proven(1),
      approvals: new Map(approvals.map((approval) => [noble.sha256Hex(approval), approval])),
      officerKeys: new Map(),
      receipt: { leaf: receipt.leaf, proof: receipt.proof, inclusion: channel.inclusion(1, 2) },
    }),
  );
}

const agreed: Wanted = { acceptedBy: parties.ma, under: secondId, saw: 1 };
const bundle = bundleOf(agreed);
const verify = (files: EvidenceFiles) => verifyEvidence(noble, files, fingerprints);

test('an act under an accord that changed in the channel is proved, and so is the keyset that only this accord names', () => {
  const evidence = verify(bundle);
  assert.equal(evidence.accord, secondId);
  assert.equal(evidence.act.head.accord, secondId);
  assert.ok(evidence.doesNotProve.includes('accord-not-replaced-meanwhile'));
});

test('no step of the change can be left out', () => {
  for (const name of bundle.keys()) {
    const files = new Map(bundle);
    files.delete(name);
    assert.throws(() => verify(files), { name: 'Refusal' }, name);
  }
});

test('other bytes than those that were agreed on are no accord', () => {
  const other = writeAccord({
    ...firstAccord,
    previous: first,
    backupDays: 1000,
    parties: [{ ...french, spareKeyset }, moroccan],
  });
  const files = new Map(bundle).set('accords/2/accord.json', other);
  assert.throws(() => verify(files), { code: 'accord-not-signed', detail: { where: 'accords/2' } });
});

test('an accord that only one root agreed on is refused, whoever logged the acceptance', () => {
  assert.throws(() => verify(bundleOf({ ...agreed, acceptedBy: parties.fr })), { code: 'key-unknown' });
});

test('an act under the new accord that had not seen its acceptance, or under the old one after it, is refused', () => {
  const where = { code: 'accord-not-signed', detail: { where: 'act', what: 'another accord' } };
  assert.throws(() => verify(bundleOf({ ...agreed, saw: 0 })), where);
  assert.throws(() => verify(bundleOf({ ...agreed, under: first })), where);
});

test('what a station says is no acceptance, and a proposal alone brings no spare keyset', () => {
  const files = new Map(bundle);
  for (const file of ['envelope.json', 'leaf.json', 'tlog-proof.txt'])
    files.set(`accords/2/acceptance/${file}`, bundle.get(`act/${file}`) ?? new Uint8Array());
  assert.throws(() => verify(files), { code: 'key-unknown', detail: { where: 'accords/2/acceptance' } });
});

test('an accord that names another root or keyset of a party is refused, though both roots agreed on it', () => {
  const root = publicKeysOf(noble, doubleSeedOf('ma other root'));
  const named = { ed25519: root.ed25519.toBase64(), mldsa44: root.mldsa44.toBase64() };
  for (const change of [{ root: named }, { keyset: noble.sha256Hex(new Uint8Array(1)) }]) {
    const terms = [
      { ...french, spareKeyset },
      { ...moroccan, ...change },
    ] as const;
    const agreed = writeAccord({ ...firstAccord, previous: first, parties: terms });
    const bundle = bundleOf({ agreed, acceptedBy: parties.ma, under: noble.sha256Hex(agreed), saw: 1 });
    assert.throws(() => verify(bundle), { code: 'accord-malformed' });
  }
});
