import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, Registers, relationDossier } from './index.ts';
import type {
  Accord,
  ActId,
  ActType,
  Head,
  JsonObject,
  Known,
  LogSize,
  OfficerKeyKind,
  Parties,
  PartyId,
  Sha256Hex,
  SignerFact,
  Track,
} from './index.ts';

const parties: Parties = ['fr' as PartyId, 'ma' as PartyId];
const hash = (digit: string): Sha256Hex => digit.padEnd(64, '0') as Sha256Hex;
const first = hash('acc0');

const base = { by: 'either', effect: 'union', from: 'any', inputs: [], fields: [], gates: [] } as const;
const types: readonly ActType[] = [
  { ...base, name: 'request', author: 'one-officer', transfers: true, gates: ['purpose'] },
  { ...base, name: 'grant', author: 'two-officers' },
  { ...base, name: 'threat', author: 'two-officers', gates: ['purpose'] },
];
const track: Track = {
  name: 'leads',
  version: 1,
  states: [],
  closed: [],
  acts: types,
  clocks: [],
  gates: [],
  counters: [],
  initialData: {},
  fold: (data) => data,
  words: {},
};

function terms(id: string): object {
  return { id, root: { ed25519: `${id}-root`, mldsa44: '' }, keyset: hash(`${id === 'fr' ? 'f' : 'e'}0`) };
}
const accord = {
  parties: [terms('fr'), terms('ma')],
  tracks: [{ name: 'leads', version: 1 }],
  legalBases: ['SAFE-37b'],
  floor: [{ type: 'leads/threat', marking: 'threat' }],
  officerKeys: ['passkey'],
} as unknown as Accord;
const accords = new Map([first, hash('acc1'), hash('acc2')].map((name) => [name, accord]));
const known: Known = {
  accord: (name) => accords.get(name),
  keyset: (name) => ({
    station: hash(`5${name}`.slice(0, 4)),
    administration: hash(`ad${name}`.slice(0, 4)),
    root: hash(`10${name}`.slice(0, 4)),
  }),
  tracks: [track],
};
const keyOf = (kind: 'station' | 'administration' | 'root', party: string): Sha256Hex =>
  known.keyset(hash(party === 'fr' ? 'f0' : 'e0'))?.[kind] ?? hash('');

/** A relation in which acts are judged and taken in as two stations would. */
class Relation {
  readonly registers: Registers = new Registers(parties, first);
  readonly sizes: [number, number] = [0, 0];

  say(
    party: string,
    type: string,
    signers: readonly SignerFact[],
    more: Partial<Head> & { seen?: number; repeated?: true } = {},
  ): string {
    const channel = party === 'fr' ? 0 : 1;
    const index = this.sizes[channel]++ as LogSize;
    const { seen = this.sizes[1 - channel] ?? 0, repeated = false, ...changed } = more;
    const head = {
      v: 1,
      type,
      trackVersion: 1,
      from: party,
      to: party === 'fr' ? 'ma' : 'fr',
      accord: first,
      basis: [],
      dossier: type.startsWith('relation/') ? relationDossier : 'd'.repeat(32),
      inputs: {},
      gates: [],
      handling: { codes: [] },
      author: { function: 'duty', pseudonym: 'o-1' },
      ...changed,
    } as unknown as Head;
    const position = { party: party as PartyId, epoch: 0, index };
    const verdict = judge(
      { head, position, seen, repeated, signers },
      this.registers.view(position.party, index, seen),
      known,
    );
    this.registers.apply({ id: idAt(party, index), head, position, seen: seen as LogSize, verdict });
    return verdict.kind === 'effective' ? 'effective' : verdict.reason;
  }

  enrol(party: string, key: string, pseudonym: string, kind: OfficerKeyKind = 'passkey'): string {
    const publicKey = new Uint8Array(32).toBase64();
    const inputs = { key: hash(key), algorithm: 'ed25519', publicKey, kind, pseudonym, function: 'duty' };
    return this.say(party, 'relation/officer-key', by('administration', party), { inputs });
  }

  lane(party: string, direction: string, setting: string): string {
    const signers = [officer('1'), officer('2')];
    return this.say(party, 'relation/lane', signers, { inputs: { track: 'leads', direction, setting } });
  }
}

function idAt(party: string, index: number): ActId {
  return hash(`${party === 'fr' ? 'a' : 'b'}${index}`) as ActId;
}
function by(kind: 'station' | 'administration' | 'root', party: string): readonly SignerFact[] {
  return [{ kind, key: keyOf(kind, party), valid: true }];
}
function officer(key: string, valid = true): SignerFact {
  return { kind: 'officer', key: hash(key), valid };
}
function enrolled(): Relation {
  const relation = new Relation();
  for (const party of ['fr', 'ma']) {
    assert.equal(relation.enrol(party, '1', 'o-1'), 'effective');
    assert.equal(relation.enrol(party, '2', 'o-2'), 'effective');
  }
  return relation;
}
const request: Partial<Head> = {
  legalBasis: 'SAFE-37b',
  gates: [{ gate: 'purpose', result: 'passed', reasoning: hash('9') }],
};
const inputs = (values: JsonObject): { readonly inputs: JsonObject } => ({ inputs: values });

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
