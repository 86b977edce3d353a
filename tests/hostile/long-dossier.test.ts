import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ActId, foldDossier, type JsonObject, type LinedAct, type PartyId } from '@entente/protocol';
import { leads } from '@entente/tracks';

const many = 20_000;
const idOf = (at: number): ActId => at.toString(16).padStart(64, '0') as ActId;

/** An effective act of the counterpart's at an index of its channel. */
function said(
  index: number,
  type: string,
  more: { readonly leaves?: ActId; readonly inputs?: JsonObject } = {},
): LinedAct {
  const { leaves, inputs = {} } = more;
  return {
    id: idOf(index),
    head: {
      v: 1,
      type: `leads/${type}`,
      trackVersion: leads.version,
      from: 'ma' as PartyId,
      to: 'fr' as PartyId,
      relation: 'fr-ma' as never,
      accord: idOf(0),
      dossier: '7'.repeat(32) as never,
      basis: [],
      ...(leaves === undefined ? {} : { leaves }),
      handling: { codes: [] },
      inputs,
      gates: [],
      author: { function: 'desk', pseudonym: 'o-1' },
    },
    position: { party: 'ma' as PartyId, epoch: 1, index: index as never },
    rank: index + 1,
    seen: 0 as never,
    verdict: { kind: 'effective' },
  };
}

function folds(name: string, acts: readonly LinedAct[]): void {
  test(`${many} ${name} in one dossier are folded in a moment, not in minutes`, () => {
    const began = performance.now();
    const state = foldDossier(leads, [said(0, 'spontaneous'), ...acts]);
    assert.ok(performance.now() - began < 3000);
    assert.equal(state?.acts.filter(({ effect }) => effect === 'effective').length, acts.length + 1);
  });
}

const numbers = Array.from({ length: many }, (_, at) => at + 1);
folds(
  'corrections',
  numbers.map((at) => said(at, 'correction', { inputs: { of: idOf(at - 1) } })),
);
folds(
  'withdrawals and reopenings',
  numbers.map((at) => said(at, at % 2 === 1 ? 'withdrawal' : 'reopening', { leaves: idOf(at - 1) })),
);
