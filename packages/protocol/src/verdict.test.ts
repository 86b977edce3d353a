import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relationDossier } from './index.ts';
import type { JsonObject, Sha256Hex } from './index.ts';
import { by, enrolled, first, hash, idAt, inputs, officer, parties, request } from './verdict.fixtures.ts';
import type { Relation } from './verdict.fixtures.ts';

test('an act has effect when an enrolled officer of its party signed it', () => {
  assert.equal(enrolled().say('fr', 'leads/request', [officer('1')], request), 'effective');
});

test('a missing, forged, unknown or foreign signature leaves an act without effect', () => {
  const relation = enrolled();
  relation.enrol('ma', '3', 'o-3');
  assert.equal(relation.say('fr', 'leads/request', [], request), 'signature-missing');
  assert.equal(relation.say('fr', 'leads/request', [officer('1', false)], request), 'signature-invalid');
  assert.equal(relation.say('fr', 'leads/request', [officer('7')], request), 'key-unknown');
  assert.equal(relation.say('fr', 'leads/request', [officer('3')], request), 'key-unknown');
  assert.equal(relation.say('fr', 'leads/request', [officer('2')], request), 'signature-missing');
  assert.equal(relation.say('fr', 'relation/heads', by('station', 'ma')), 'key-unknown');
  assert.equal(relation.say('fr', 'relation/heads', by('station', 'fr')), 'effective');
});

test('an officer cannot say what only a station, the administration or the root may say', () => {
  const relation = enrolled();
  assert.equal(relation.say('fr', 'relation/heads', [officer('1')]), 'signature-missing');
  const keyset = inputs({ keyset: hash('f1'), number: 2 });
  assert.equal(relation.say('fr', 'relation/keyset', by('administration', 'fr'), keyset), 'signature-missing');
  assert.equal(relation.say('fr', 'relation/keyset', by('root', 'fr'), keyset), 'effective');
  assert.equal(relation.say('fr', 'relation/heads', by('station', 'fr')), 'key-unknown');
});

test('one person with two keys is not two officers', () => {
  const relation = enrolled();
  relation.enrol('fr', '11', 'o-1');
  assert.equal(relation.say('fr', 'leads/grant', [officer('1'), officer('11')]), 'two-officers-needed');
  assert.equal(relation.say('fr', 'leads/grant', [officer('1'), officer('1')]), 'two-officers-needed');
  assert.equal(relation.say('fr', 'leads/grant', [officer('1'), officer('2')]), 'effective');
});

test('a revoked or frozen key signs nothing any more, and what it signed before keeps its effect', () => {
  const relation = enrolled();
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'effective');
  const lost = inputs({ key: hash('1'), reason: 'lost' });
  assert.equal(relation.say('fr', 'relation/officer-revoke', by('administration', 'fr'), lost), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'key-revoked');
  assert.equal(relation.enrol('fr', '1', 'o-1'), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'key-revoked');
  assert.equal(relation.say('ma', 'leads/request', [officer('1')], request), 'effective');
});

test('a synced passkey counts only where the accord allows it', () => {
  const relation = enrolled();
  relation.enrol('fr', '4', 'o-1', 'synced-passkey');
  assert.equal(relation.say('fr', 'leads/request', [officer('4')], request), 'key-kind-not-allowed');
  assert.equal(
    relation.say('fr', 'leads/request', [{ ...officer('1'), keyKind: 'synced-passkey' }], request),
    'key-kind-not-allowed',
  );
});

test('an act for a suspended lane has no effect once its author had seen the suspension, and has before', () => {
  const relation = enrolled();
  assert.equal(relation.lane('ma', 'in', 'suspended'), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], { ...request, seen: 2 }), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], { ...request, seen: 3 }), 'lane-closed');
  assert.equal(relation.say('ma', 'leads/request', [officer('1')], request), 'effective');
  assert.equal(relation.lane('fr', 'in', 'open'), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'lane-closed');
  assert.equal(relation.lane('ma', 'in', 'open'), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'effective');
});

test('a guarded lane wants a second officer for every release', () => {
  const relation = enrolled();
  relation.lane('fr', 'out', 'guarded');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'two-officers-needed');
  assert.equal(relation.say('fr', 'leads/request', [officer('1'), officer('2')], request), 'effective');
});

test('a threat to life passes a suspended lane with one officer and no gate; a claim beside the floor opens nothing', () => {
  const relation = enrolled();
  relation.lane('ma', 'in', 'suspended');
  assert.equal(relation.say('fr', 'leads/threat', [officer('1')], { floor: true }), 'effective');
  assert.equal(relation.say('fr', 'leads/threat', [officer('1')]), 'lane-closed');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], { ...request, floor: true }), 'lane-closed');
});

test('no release without gates, and none without a legal basis of the accord', () => {
  const relation = enrolled();
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], { ...request, gates: [] }), 'gate-missing');
  const waived = [{ gate: 'purpose', result: 'waived-by-floor', reasoning: hash('9') }] as const;
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], { ...request, gates: waived }), 'gate-missing');
  assert.equal(
    relation.say('fr', 'leads/request', [officer('1')], { ...request, legalBasis: 'ADEQ-36' }),
    'legal-basis-missing',
  );
});

test('unknown types and versions, other accords, undeclared inputs and repeats are noted', () => {
  const relation = enrolled();
  const signers = [officer('1')];
  assert.equal(relation.say('fr', 'leads/nothing', signers, request), 'type-unknown');
  assert.equal(relation.say('fr', 'leads/request', signers, { ...request, trackVersion: 2 }), 'type-unknown');
  assert.equal(
    relation.say('fr', 'leads/request', signers, { ...request, accord: hash('acc1') }),
    'accord-not-in-force',
  );
  assert.equal(relation.say('fr', 'leads/request', signers, { ...request, inputs: { x: 1 } }), 'inputs-malformed');
  assert.equal(relation.say('fr', 'leads/request', signers, { ...request, repeated: true }), 'repeated');
  assert.equal(relation.say('fr', 'leads/request', signers, { ...request, dossier: relationDossier }), 'malformed');
});

/** Proposal and acceptance with the root's signature. */
function propose(relation: Relation, party: string, accord: string, under = first): number {
  const index = relation.sizes[party === 'fr' ? 0 : 1];
  const more = { accord: under, ...inputs({ accord: hash(accord), previous: under }) };
  assert.equal(relation.say(party, 'relation/accord-proposal', by('root', party), more), 'effective');
  return index;
}
function accept(
  relation: Relation,
  party: string,
  index: number,
  accord: string,
  more: { under?: Sha256Hex; seen?: number } = {},
): string {
  const { under = first, ...rest } = more;
  const proposal = idAt(party === 'fr' ? 'ma' : 'fr', index);
  return relation.say(party, 'relation/accord-acceptance', by('root', party), {
    accord: under,
    ...inputs({ proposal, accord: hash(accord), previous: under }),
    ...rest,
  });
}

test('an accepted accord is in force for the acceptor at once, for the proposer once it has seen it', () => {
  const relation = enrolled();
  const index = propose(relation, 'fr', 'acc1');
  assert.equal(accept(relation, 'ma', index, 'acc1'), 'effective');
  assert.equal(relation.say('ma', 'relation/heads', by('station', 'ma'), { accord: hash('acc1') }), 'effective');
  assert.equal(relation.say('fr', 'relation/heads', by('station', 'fr'), { seen: 2 }), 'effective');
  assert.equal(relation.say('fr', 'relation/heads', by('station', 'fr')), 'accord-not-in-force');
  assert.equal(relation.say('fr', 'relation/heads', by('station', 'fr'), { accord: hash('acc1') }), 'effective');
});

test('of two accords accepted across each other the first-listed party’s proposal stands', () => {
  const relation = enrolled();
  const ours = propose(relation, 'fr', 'acc1');
  const theirs = propose(relation, 'ma', 'acc2');
  assert.equal(accept(relation, 'fr', theirs, 'acc2'), 'effective');
  assert.equal(accept(relation, 'ma', ours, 'acc1', { seen: 3 }), 'effective');
  assert.equal(relation.registers.view(parties[0], Infinity, 3).accord, hash('acc2'));
  assert.equal(relation.registers.view(parties[0], Infinity, Infinity).accord, hash('acc1'));
  assert.equal(relation.registers.view(parties[1], Infinity, Infinity).accord, hash('acc1'));
});

test('an old proposal cannot undo an accord that came into force after it', () => {
  const relation = enrolled();
  const old = propose(relation, 'fr', 'acc1');
  const newer = propose(relation, 'ma', 'acc2');
  assert.equal(accept(relation, 'fr', newer, 'acc2'), 'effective');
  assert.equal(accept(relation, 'ma', old, 'acc1'), 'accord-not-in-force');
  assert.equal(accept(relation, 'ma', old, 'acc1', { under: hash('acc2') }), 'accord-not-in-force');
  assert.equal(accept(relation, 'ma', 99, 'acc1', { under: hash('acc2') }), 'names-unknown-act');
});

test('an acceptance of an accord that names another key of a party, or other parties, is noted and changes nothing', () => {
  for (const other of ['acc3', 'acc4', 'acc5']) {
    const relation = enrolled();
    const index = propose(relation, 'fr', other);
    assert.equal(accept(relation, 'ma', index, other), 'accord-changes-keys');
    for (const party of parties) assert.equal(relation.registers.view(party, Infinity, Infinity).accord, first);
  }
});

test('what a thief writes into registers counts for nothing once the notice stands, until the root confirms it', () => {
  const relation = enrolled();
  assert.equal(relation.enrol('fr', '7', 'o-7'), 'effective');
  assert.equal(relation.lane('fr', 'out', 'suspended'), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('7')], request), 'lane-closed');
  const seal = inputs({ recipient: 'age1pq1thief', number: 2 });
  assert.equal(relation.say('fr', 'relation/sealing-key', by('station', 'fr'), seal), 'effective');
  const revoked = inputs({ key: hash('2'), reason: 'lost' });
  assert.equal(relation.say('fr', 'relation/officer-revoke', by('administration', 'fr'), revoked), 'effective');
  const head = (size: number): JsonObject => ({ size, root: hash('0') });
  const notice = inputs({ since: '2026-11-23T10:00:00.000Z', own: head(2), theirs: head(2), keys: [] });
  assert.equal(relation.say('fr', 'relation/compromise-notice', by('root', 'fr'), notice), 'effective');
  const seven = { ...request, author: { function: 'duty', pseudonym: 'o-7' } };
  assert.equal(relation.say('fr', 'leads/request', [officer('7')], seven), 'key-unknown');
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'effective');
  assert.equal(relation.registers.view(parties[0], Infinity, Infinity).sealingKey(), undefined);
  assert.equal(relation.registers.view(parties[0], 7, 2).sealingKey()?.recipient, 'age1pq1thief', 'as it was before');
  assert.equal(
    relation.registers.view(parties[0], Infinity, 2).isStopped(hash('2')),
    true,
    'a stopped key stays stopped',
  );
  assert.equal(relation.say('fr', 'relation/confirmation', by('root', 'fr'), inputs({ from: 2, to: 3 })), 'effective');
  assert.equal(relation.say('fr', 'leads/request', [officer('7')], seven), 'effective');
});

test('a compromise notice makes the tail of its author suspect, in cuts that hold it, until confirmed', () => {
  const relation = enrolled();
  for (let i = 0; i < 4; i++) relation.say('fr', 'leads/request', [officer('1')], request);
  const head = (size: number): JsonObject => ({ size, root: hash('0') });
  const notice = inputs({ since: '2026-11-23T10:00:00.000Z', own: head(3), theirs: head(2), keys: [hash('1')] });
  assert.equal(relation.say('fr', 'relation/compromise-notice', by('root', 'fr'), notice), 'effective');
  assert.deepEqual(relation.registers.suspects({ sizes: [6, 2] }), []);
  assert.deepEqual(relation.registers.suspects({ sizes: [7, 2] }), [{ party: 'fr', from: 3, to: 6 }]);
  assert.equal(relation.say('fr', 'leads/request', [officer('1')], request), 'key-revoked');
  assert.equal(relation.say('fr', 'relation/confirmation', by('root', 'fr'), inputs({ from: 4, to: 5 })), 'effective');
  assert.deepEqual(relation.registers.suspects({ sizes: [9, 2] }), [
    { party: 'fr', from: 3, to: 4 },
    { party: 'fr', from: 5, to: 6 },
  ]);
});
