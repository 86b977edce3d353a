import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldDossier, stateBytes } from '@entente/protocol';
import { leads } from './index.ts';
import { information, noteOf, ordinaryRequest, tell } from './story.fixtures.ts';

const at = '2026-11-23T08:30:00.000Z';
const withdrawal = { withdrawalReason: 'obtained-elsewhere' };

test('an answer that crosses a withdrawal stands, and the withdrawal waits for its desk', () => {
  const { says, state } = tell();
  const request = says('fr', 'request', ordinaryRequest);
  const withdrawn = says('fr', 'withdrawal', withdrawal);
  const answer = says('ma', 'answer', {}, { notSeeing: withdrawn, leaves: request });
  assert.equal(state().state, 'answered');
  assert.deepEqual(
    state().acts.find(({ id }) => id === withdrawn),
    { id: withdrawn, type: 'leads/withdrawal', from: 'fr', effect: 'noted', reason: 'overtaken', by: answer },
  );
});

test('a lead taken in charge and answered while it was being withdrawn keeps its answer', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  const withdrawn = says('fr', 'withdrawal', withdrawal);
  says('ma', 'taken-in-charge', { at }, { notSeeing: withdrawn });
  says('ma', 'answer', {}, { notSeeing: withdrawn });
  assert.equal(state().state, 'answered');
  assert.equal(noteOf(state(), withdrawn), 'overtaken');
});

test('a refusal that crosses a withdrawal stands', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  const withdrawn = says('fr', 'withdrawal', withdrawal);
  says('ma', 'refusal', { ground: 'R6' }, { notSeeing: withdrawn });
  assert.equal(state().state, 'refused');
});

test('an answer that crosses the clarification it no longer needs stands', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'clarification-asked');
  const given = says('fr', 'clarification-given');
  says('ma', 'answer', {}, { notSeeing: given });
  assert.equal(state().state, 'answered');
  assert.equal(noteOf(state(), given), 'overtaken');
});

test('an answer that adds to the first and crosses the closing stands, so that nobody overlooks it', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'answer');
  const closing = says('fr', 'closing', { closingReason: 'satisfied' });
  says('ma', 'answer', {}, { notSeeing: closing });
  assert.equal(state().state, 'answered');
  assert.equal(noteOf(state(), closing), 'overtaken');
});

test('a reopening that crosses a closing stands, so that nothing unanswered goes unnoticed', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'answer');
  const reopening = says('fr', 'reopening', { reopeningReason: 'further-question' });
  says('ma', 'closing', { closingReason: 'satisfied' }, { notSeeing: reopening });
  assert.equal(state().state, 'reopened');
});

test('information filed by its sender while the receiver takes it in charge is in charge', () => {
  const { says, state } = tell();
  says('fr', 'spontaneous', information);
  const closing = says('fr', 'closing', { closingReason: 'no-follow-up' });
  says('ma', 'taken-in-charge', { at }, { notSeeing: closing });
  assert.equal(state().state, 'taken-in-charge');
});

test('two closings that cross leave the dossier closed, by the first in line', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'answer');
  const first = says('fr', 'closing', { closingReason: 'satisfied' });
  const second = says('ma', 'closing', { closingReason: 'satisfied' }, { notSeeing: first });
  assert.equal(state().since, first);
  assert.equal(noteOf(state(), second), 'overtaken');
});

test('notes and outcomes that cross all stand', () => {
  const { says, state } = tell();
  const request = says('fr', 'request', ordinaryRequest);
  const note = says('fr', 'note');
  const crossing = says('ma', 'note', {}, { notSeeing: note });
  const outcome = { of: request, outcome: 'nothing', confirmation: 'not-confirmed', receivedAt: at, at };
  says('ma', 'outcome', outcome, { notSeeing: note });
  assert.equal(noteOf(state(), note), undefined);
  assert.equal(noteOf(state(), crossing), undefined);
});

test('folding the same line twice gives the same bytes', () => {
  const { says, line } = tell();
  const request = says('fr', 'request', ordinaryRequest);
  const withdrawn = says('fr', 'withdrawal', withdrawal);
  says('ma', 'answer', {}, { notSeeing: withdrawn, leaves: request });
  const [one, other] = [foldDossier(leads, line()), foldDossier(leads, line())];
  assert.ok(one !== undefined && other !== undefined);
  assert.deepEqual(stateBytes(one), stateBytes(other));
});
