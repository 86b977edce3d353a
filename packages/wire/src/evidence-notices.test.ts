import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Head, type JsonObject, relationDossier, writeInstant } from '@entente/protocol';
import {
  approveByKey,
  approveByRoot,
  type DoubleSeed,
  type EvidenceFiles,
  nobleCrypto,
  policyOf,
  type ProvenEntry,
  verifyEvidence,
  writeEvidence,
} from './index.ts';
import { entryOf, nothingSeen, TestChannel, type TestEntry } from './channel.fixtures.ts';
import { fingerprints, fr, headOf, ma, parties, signedAccord, type TestParty, time } from './wire.fixtures.ts';

const noble = nobleCrypto;

/** Two channels: FR logs three acts, MA receipts them; the middle one is proved, with the notices that were logged since. */
class Case {
  readonly #channels = { fr: new TestChannel(parties.fr, parties.ma), ma: new TestChannel(parties.ma, parties.fr) };
  readonly #notices: { readonly entry: TestEntry; readonly of: 'fr' | 'ma'; readonly index: number | undefined }[] = [];
  receipt = 0;

  constructor() {
    for (let count = 0; count < 3; count++) this.says('fr');
    this.says('ma');
  }

  /** An exercise of a station, having seen all there is. */
  says(of: 'fr' | 'ma'): number {
    const { station, id } = parties[of];
    const head = headOf(id, { type: 'relation/exercise', dossier: relationDossier });
    return this.#put(
      of,
      entryOf(head, (acts) => approveByKey(noble, 'station', acts, station), this.#seen(of)),
    );
  }

  /** An act of a root, in its channel unless it came by another road. */
  root(
    of: 'fr' | 'ma',
    type: 'compromise-notice' | 'confirmation',
    inputs: JsonObject,
    how: { readonly seed?: DoubleSeed; readonly byRoad?: true; readonly change?: Partial<Head> } = {},
  ): this {
    const head = headOf(parties[of].id, {
      type: `relation/${type}`,
      dossier: relationDossier,
      inputs,
      ...how.change,
    });
    const seed = how.seed ?? parties[of].root;
    const entry = entryOf(head, (acts) => approveByRoot(noble, acts, seed), this.#seen(of));
    this.#notices.push({ entry, of, index: how.byRoad === true ? undefined : this.#put(of, entry) });
    return this;
  }

  compromise(
    of: 'fr' | 'ma',
    own: number,
    theirs: number,
    how: Parameters<Case['root']>[3] & { readonly keys?: readonly string[] } = {},
  ): this {
    const root = '0'.repeat(64);
    const heads = { own: { size: own, root }, theirs: { size: theirs, root } };
    const keys = how.keys === undefined ? {} : { keys: how.keys };
    return this.root(of, 'compromise-notice', { since: writeInstant(time), ...heads, ...keys }, how);
  }

  bundle(act = 1): Map<string, Uint8Array> {
    const { fr: own, ma: theirs } = this.#channels;
    const receipt = theirs.proven(this.receipt);
    const seen = theirs.entries[this.receipt]?.seen.size ?? 0;
    const all = [...own.entries, ...theirs.entries, ...this.#notices.map(({ entry }) => entry)];
    const named = new Set([own.entries[act]?.approval, ...this.#notices.map(({ entry }) => entry.approval)]);
    const approvals = all.map(({ approval }) => approval).filter((approval) => named.has(approval));
    const side = ({ id, signedKeyset, keyset }: TestParty, other: TestParty) => ({
      party: id,
      keysets: [signedKeyset],
      policy: policyOf(noble, keyset, other.keyset, 1),
    });
    return new Map(
      writeEvidence({
        accord: signedAccord,
        parties: [side(parties.fr, parties.ma), side(parties.ma, parties.fr)],
        notices: this.#notices.map(({ entry, of, index }): ProvenEntry | Pick<ProvenEntry, 'envelope'> =>
          index === undefined ? { envelope: entry.envelope } : this.#channels[of].proven(index),
        ),
        act: own.proven(act),
        approvals: new Map(approvals.map((approval) => [noble.sha256Hex(approval), approval])),
        officerKeys: new Map(),
        receipt: { leaf: receipt.leaf, proof: receipt.proof, inclusion: own.inclusion(act, seen) },
      }),
    );
  }

  #put(of: 'fr' | 'ma', entry: TestEntry): number {
    return this.#channels[of].entries.push(entry) - 1;
  }

  #seen(of: 'fr' | 'ma'): TestEntry['seen'] {
    const other = this.#channels[of === 'fr' ? 'ma' : 'fr'];
    return other.entries.length === 0 ? nothingSeen : other.seen();
  }
}

const doubts = (files: EvidenceFiles) => verifyEvidence(noble, files, fingerprints).doubts;
const suspect = [{ kind: 'act-suspect', party: fr, index: 1 }];

test('an act after the last entry that its root trusts is suspect, one before it is not', () => {
  assert.deepEqual(doubts(new Case().bundle()), []);
  assert.deepEqual(doubts(new Case().compromise('fr', 1, 0).bundle()), suspect);
  assert.deepEqual(doubts(new Case().compromise('fr', 2, 0).bundle()), []);
});

test('a notice that came by another road doubts all that stands after what it trusts', () => {
  assert.deepEqual(doubts(new Case().compromise('fr', 1, 0, { byRoad: true }).bundle()), suspect);
});

test('what the same root confirms counts again, and nothing beside it', () => {
  const confirmed = (from: number, to: number) =>
    new Case().compromise('fr', 1, 0).root('fr', 'confirmation', { from, to });
  assert.deepEqual(doubts(confirmed(1, 2).bundle()), []);
  assert.deepEqual(doubts(confirmed(2, 3).bundle()), suspect);
});

test('a confirmation before the notice, of the other root, or of what is no root confirms nothing', () => {
  const early = new Case().root('fr', 'confirmation', { from: 0, to: 9 }).compromise('fr', 1, 0);
  assert.deepEqual(doubts(early.bundle()), suspect);
  const other = new Case().compromise('fr', 1, 0).root('ma', 'confirmation', { from: 0, to: 9 });
  assert.deepEqual(doubts(other.bundle()), suspect);
  const thief = new Case()
    .compromise('fr', 1, 0)
    .root('fr', 'confirmation', { from: 0, to: 9 }, { seed: parties.ma.root });
  assert.throws(() => doubts(thief.bundle()), { code: 'proof-invalid' });
});

test('a receipt given before the notice of whoever gave it is void for what that root does not trust it to have held', () => {
  const void1 = [{ kind: 'receipt-void', party: ma, index: 0 }];
  assert.deepEqual(doubts(new Case().compromise('ma', 1, 1).bundle()), void1);
  assert.deepEqual(doubts(new Case().compromise('ma', 1, 2).bundle()), []);
  assert.deepEqual(doubts(new Case().compromise('ma', 0, 2).bundle()), [{ ...void1[0], kind: 'receipt-suspect' }]);
  const anew = new Case().compromise('ma', 0, 1);
  anew.receipt = anew.says('ma');
  assert.deepEqual(doubts(anew.bundle()), [], 'given anew after the notice');
  const confirmed = new Case().compromise('ma', 0, 1).root('ma', 'confirmation', { from: 0, to: 1 });
  assert.deepEqual(doubts(confirmed.bundle()), [], 'its root stands by the entry that receipted');
});

test('a key that a notice stopped signs nothing after it, and what it signed before stays signed', () => {
  const key = noble.sha256Hex(parties.fr.keyset.keys.station);
  const before = new Case().compromise('fr', 3, 0, { keys: [key] });
  assert.deepEqual(doubts(before.bundle()), []);
  const act = before.says('fr');
  before.receipt = before.says('ma');
  assert.throws(() => doubts(before.bundle(act)), { code: 'key-not-allowed' });
});

test('a notice that no root signed, of another relation, or of another form is refused, by whatever road', () => {
  const wrong = [
    new Case().compromise('fr', 1, 0, { seed: parties.ma.root }),
    new Case().compromise('fr', 1, 0, { change: { author: { function: 'root', pseudonym: 'x' }, trackVersion: 2 } }),
    new Case().root('fr', 'compromise-notice', { since: 'yesterday' }),
  ];
  for (const one of wrong) assert.throws(() => doubts(one.bundle()), { code: 'proof-invalid' });
  const byRoad = { byRoad: true } as const;
  const refused = [
    [new Case().compromise('fr', 1, 0, { ...byRoad, seed: parties.ma.root }), 'key-unknown'],
    [new Case().root('fr', 'compromise-notice', {}, byRoad), 'note-malformed'],
    [new Case().root('fr', 'confirmation', { from: 0, to: 1 }, byRoad), 'note-malformed'],
    [new Case().compromise('fr', 1, 0, { ...byRoad, change: { relation: 'fr-dz' as never } }), 'wrong-relation'],
    [new Case().compromise('fr', 1, 0, { ...byRoad, change: { type: 'leads/request' } }), 'wrong-relation'],
  ] as const;
  for (const [one, code] of refused) assert.throws(() => doubts(one.bundle()), { code });
});

test('a notice whose signature was changed is refused; one left out is not noticed, and the bundle says so', () => {
  const whole = new Case().compromise('fr', 1, 0).bundle();
  const approval = [...whole.keys()].filter((name) => name.startsWith('approvals/'));
  for (const name of [...approval, 'notices/1/leaf.json', 'notices/1/tlog-proof.txt', 'notices/1/envelope.json']) {
    const files = new Map(whole);
    files.delete(name);
    assert.throws(() => doubts(files), { name: 'Refusal' }, name);
  }
  const stripped = new Case().bundle();
  const evidence = verifyEvidence(noble, stripped, fingerprints);
  assert.deepEqual(evidence.doubts, []);
  assert.ok(evidence.doesNotProve.includes('no-notice-left-out'));
});
