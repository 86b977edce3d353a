import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '@entente/protocol';
import type {
  Accord,
  ActType,
  Head,
  JsonObject,
  JudgedEntry,
  Known,
  LaneSetting,
  Sha256Hex,
  View,
} from '@entente/protocol';
import { contentGates } from './gates.ts';
import { leads } from './index.ts';
import { headOf, information, ordinaryRequest } from './story.fixtures.ts';

const key = 'c'.repeat(64) as Sha256Hex;
const other = 'd'.repeat(64) as Sha256Hex;
const accordHash = 'a'.repeat(64) as Sha256Hex;
const at = '2026-11-23T08:30:00.000Z';
const of = '1'.repeat(64);

const inputs: Readonly<Record<string, JsonObject>> = {
  request: ordinaryRequest,
  spontaneous: information,
  'threat-to-life': information,
  'taken-in-charge': { at },
  'authorisation-needed': { authority: 'prosecutor', expectedDays: 5 },
  refusal: { ground: 'R6' },
  withdrawal: { withdrawalReason: 'no-longer-needed' },
  closing: { closingReason: 'satisfied' },
  reopening: { reopeningReason: 'new-facts' },
  outcome: { of, outcome: 'arrest', confirmation: 'confirmed', receivedAt: at, at },
  'permission-asked': { of, lifted: ['H1'] },
  'permission-granted': { of, lifted: ['H1'] },
  'permission-denied': { of, lifted: ['H1'] },
  correction: { of, correctionKind: 'outdated' },
  'change-acknowledged': { of },
};

test('an act is effective once all its gates are passed, and noted for each one that is missing', () => {
  for (const type of leads.acts) {
    assert.equal(verdictOf(head(type)), 'effective', type.name);
    for (const gate of type.gates) {
      const without = type.gates.filter((name) => name !== gate);
      assert.equal(verdictOf(head(type, { gates: without })), 'gate-missing', `${type.name} without ${gate}`);
    }
  }
});

test('an act that carries data to the other state names a legal basis of the accord, another act needs none', () => {
  for (const type of leads.acts) {
    const { legalBasis: _, ...without } = head(type);
    assert.equal(verdictOf(without), type.transfers ? 'legal-basis-missing' : 'effective', type.name);
  }
});

test('a threat to life passes a closed lane with one officer, its gates left for review', () => {
  const type = typeOf('threat-to-life');
  assert.equal(verdictOf({ ...head(type, { gates: [] }), floor: true }, 'suspended'), 'effective');
  assert.equal(verdictOf(head(type), 'suspended'), 'lane-closed');
  assert.equal(verdictOf({ ...head(typeOf('request')), floor: true }, 'suspended'), 'lane-closed');
});

test('a closed lane holds everything but what protects or acknowledges', () => {
  for (const type of leads.acts) {
    assert.equal(verdictOf(head(type), 'suspended'), type.passesLanes ? 'effective' : 'lane-closed', type.name);
  }
});

test('a guarded lane asks for a second officer, and one officer with two keys is not two', () => {
  const request = head(typeOf('request'));
  assert.equal(verdictOf(request, 'guarded'), 'two-officers-needed');
  assert.equal(verdictOf(request, 'guarded', [key, key]), 'two-officers-needed');
  assert.equal(verdictOf(request, 'guarded', [key, other]), 'effective');
});

test('a head that says more than its type declares has no effect: nobody is named in what stays for ever', () => {
  const named = { ...ordinaryRequest, name: 'somebody' };
  assert.equal(verdictOf({ ...head(typeOf('request')), inputs: named }), 'inputs-malformed');
});

test('whatever sends content about someone has passed all of the content gates', () => {
  for (const name of ['request', 'spontaneous', 'threat-to-life', 'partial-answer', 'answer', 'clarification-given']) {
    assert.deepEqual(typeOf(name).gates, contentGates);
  }
});

function typeOf(name: string): ActType {
  const type = leads.acts.find((type) => type.name === name);
  assert.ok(type !== undefined);
  return type;
}

function head(type: ActType, { gates = type.gates }: { readonly gates?: readonly string[] } = {}): Head {
  return {
    ...headOf('fr', 'ma', `leads/${type.name}`, inputs[type.name] ?? {}, {}, undefined),
    gates: gates.map((gate) => ({ gate, result: 'passed', reasoning: key })),
    legalBasis: 'SAFE-37b',
  };
}

/** The reason for which an act of `fr` is noted, or `effective`. */
function verdictOf(head: Head, lane: LaneSetting = 'open', keys: readonly Sha256Hex[] = [key]): string {
  const signers = keys.map((signer) => ({ kind: 'officer', key: signer, valid: true }) as const);
  const position = { party: head.from, epoch: 0, index: 0 } as JudgedEntry['position'];
  const verdict = judge({ head, position, seen: 0, repeated: false, signers }, view(lane), known);
  return verdict.kind === 'effective' ? 'effective' : verdict.reason;
}

const accord = {
  tracks: [{ name: 'leads', version: 1 }],
  legalBases: ['SAFE-37b'],
  floor: [{ type: 'leads/threat-to-life', marking: 'threat-to-life' }],
  officerKeys: ['passkey'],
} as unknown as Accord;
const known: Known = { accord: () => accord, keyset: () => undefined, tracks: [leads] };

function view(lane: LaneSetting): View {
  return {
    author: 'fr',
    accord: accordHash,
    officerKey: (signer: Sha256Hex) => ({ kind: 'passkey', pseudonym: signer === key ? 'o-fr' : 'o-fr-2' }),
    isStopped: () => false,
    keyset: () => undefined,
    lanes: () => ({ out: lane, into: 'open' }),
    sealingKey: () => undefined,
    proposal: () => undefined,
  } as unknown as View;
}
