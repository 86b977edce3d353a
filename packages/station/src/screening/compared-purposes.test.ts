import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultScreening, type ScreeningTerms } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { Candidate } from '../store/candidates.ts';
import { ComparedPurposes } from './compared-purposes.ts';

function purposesUnder(...terms: readonly (Partial<ScreeningTerms> | undefined)[]): ComparedPurposes {
  const relations = terms.map((one, at) => ({
    number: at + 1,
    own: 'fr',
    authority: { accord: () => ({ accord: one === undefined ? {} : { screening: { ...defaultScreening, ...one } } }) },
  }));
  return new ComparedPurposes(relations as unknown as readonly Relation[]);
}

function candidate(more: Partial<Candidate>): Candidate {
  return {
    subject: 2,
    relation: 1,
    list: null,
    purposes: null,
    act: 'b',
    draft: null,
    dossier: 'd2',
    purpose: 'leads/investigation',
    kind: 'person',
    identity: null,
    keys: [],
    hash: new Uint8Array(),
    ...more,
  };
}

const asking = { relation: 1, purpose: 'leads/investigation', act: 'a', draft: null, dossier: 'd1' };

test('under an accord that says nothing a purpose is compared with itself, in its own relation', () => {
  const purposes = purposesUnder(undefined, undefined);
  assert.ok(purposes.may(asking, candidate({})));
  assert.ok(!purposes.may(asking, candidate({ purpose: 'leads/prevention' })));
  assert.ok(!purposes.may(asking, candidate({ purpose: 'judicial/investigation' })), 'another track');
  assert.ok(!purposes.may(asking, candidate({ purpose: null })), 'a purpose nobody knows');
  assert.ok(!purposes.may(asking, candidate({ relation: 2 })));
});

test('another track is compared where a set of the accord holds both, and not by way of a third', () => {
  const comparable = [
    ['leads/investigation', 'judicial/proceedings'],
    ['judicial/proceedings', 'visas/check'],
  ];
  const purposes = purposesUnder({ comparable });
  assert.ok(purposes.may(asking, candidate({ purpose: 'judicial/proceedings' })));
  assert.ok(!purposes.may(asking, candidate({ purpose: 'visas/check' })));
});

test('two relations are compared only where both accords say so, and both let the purposes meet', () => {
  const across = { acrossRelations: true, comparable: [['leads/investigation', 'leads/prevention']] };
  const other = candidate({ relation: 2, purpose: 'leads/prevention' });
  assert.ok(purposesUnder(across, across).may(asking, other));
  assert.ok(!purposesUnder(across, { comparable: across.comparable }).may(asking, other));
  assert.ok(!purposesUnder({ comparable: across.comparable }, across).may(asking, other));
  assert.ok(!purposesUnder(across, { acrossRelations: true }).may(asking, other));
});

test('what stands in one act, draft or dossier is not compared with itself; a watch list only for its own purposes', () => {
  const purposes = purposesUnder(undefined);
  assert.ok(!purposes.may(asking, candidate({ dossier: 'd1' })));
  assert.ok(!purposes.may(asking, candidate({ act: 'a', dossier: null })));
  assert.ok(purposes.may({ ...asking, dossier: null }, candidate({ dossier: null })), 'two that have no dossier yet');
  const listed = { relation: null, act: null, dossier: null, purpose: null, list: 1 };
  assert.ok(purposes.may(asking, candidate({ ...listed, purposes: ['leads/investigation'] })));
  assert.ok(!purposes.may(asking, candidate({ ...listed, purposes: ['leads/prevention'] })));
});
