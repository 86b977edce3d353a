import assert from 'node:assert/strict';
import { test } from 'node:test';
import { information, movesOf, noteOf, ordinaryRequest, tell, urgentRequest } from './story.fixtures.ts';

const at = '2026-11-23T08:30:00.000Z';
const outcome = { outcome: 'arrest', confirmation: 'confirmed', persons: 1 };

test('a request is taken in charge, answered, and closed by whoever asked', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  assert.equal(state().state, 'requested');
  says('ma', 'taken-in-charge', { at });
  assert.equal(state().state, 'taken-in-charge');
  says('ma', 'answer');
  assert.equal(state().state, 'answered');
  says('fr', 'closing', { closingReason: 'satisfied' });
  assert.equal(state().state, 'closed');
});

test('spontaneous information can be filed without follow-up, or answered with what became of it', () => {
  const filed = tell();
  filed.says('ma', 'spontaneous', information);
  assert.equal(filed.state().state, 'informed');
  filed.says('fr', 'closing', { closingReason: 'no-follow-up' });
  assert.equal(filed.state().state, 'closed');

  const followed = tell();
  followed.says('ma', 'spontaneous', information);
  followed.says('fr', 'taken-in-charge', { at });
  followed.says('fr', 'answer');
  assert.equal(followed.state().state, 'answered');
});

test('the requested side cannot close a request that it has not answered', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  const closing = says('ma', 'closing', { closingReason: 'no-follow-up' });
  assert.equal(noteOf(state(), closing), 'not-in-this-state');
  assert.equal(state().state, 'requested');
});

test('a clarification asked stops the time limits and the clarification given lets them run again', () => {
  const { says, state } = tell();
  says('fr', 'request', urgentRequest);
  says('ma', 'taken-in-charge', { at });
  says('ma', 'clarification-asked');
  assert.equal(state().state, 'clarification-awaited');
  says('fr', 'clarification-given');
  assert.equal(state().state, 'taken-in-charge');
  assert.deepEqual(movesOf(state(), 'urgent-direct'), ['stop', 'resume']);
  says('ma', 'answer');
  assert.deepEqual(movesOf(state(), 'urgent-direct'), ['stop', 'resume', 'end']);
});

test('a judicial authorisation stops the time limits; when it is refused, the request is, on ground R3', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'authorisation-needed', { authority: 'prosecutor', expectedDays: 10 });
  assert.equal(state().state, 'authorisation-awaited');
  assert.deepEqual(movesOf(state(), 'other'), ['stop']);
  const refusal = says('ma', 'refusal', { ground: 'R3' });
  assert.equal(state().state, 'refused');
  assert.deepEqual(state().data['refusals'], [{ act: refusal, from: 'ma', ground: 'R3' }]);
});

test('an authorisation obtained brings the request back to those in charge', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'authorisation-needed', { authority: 'investigating-judge', expectedDays: 3 });
  says('ma', 'authorisation-obtained');
  assert.equal(state().state, 'taken-in-charge');
  assert.deepEqual(movesOf(state(), 'other'), ['stop', 'resume']);
});

test('a threat to life runs its own two time limits, which no question stops', () => {
  const { says, state } = tell();
  says('fr', 'threat-to-life', information);
  assert.equal(state().state, 'alerted');
  says('ma', 'acknowledge', {}, { bodiless: true });
  assert.deepEqual(movesOf(state(), 'threat-to-life-acknowledge'), ['end']);
  says('ma', 'clarification-asked');
  assert.deepEqual(movesOf(state(), 'threat-to-life-answer'), []);
  says('ma', 'partial-answer');
  assert.deepEqual(movesOf(state(), 'threat-to-life-answer'), []);
  says('ma', 'answer');
  assert.deepEqual(movesOf(state(), 'threat-to-life-answer'), ['end']);
});

test('an urgent request runs both urgent limits from its receipt until the receiver says how it reaches the data', () => {
  const { says, state } = tell();
  const request = says('fr', 'request', urgentRequest);
  const urgent = state().clocks.filter(({ clock }) => clock.startsWith('urgent'));
  assert.deepEqual(
    urgent.map(({ clock, trigger }) => [clock, trigger]),
    [
      ['urgent-direct', request],
      ['urgent-indirect', request],
    ],
  );
  says('ma', 'taken-in-charge', { at, access: 'indirect' });
  assert.deepEqual(movesOf(state(), 'urgent-direct'), ['end']);
  assert.deepEqual(movesOf(state(), 'urgent-indirect'), []);
  assert.equal(state().data['access'], 'indirect');
});

test('a request that follows a hit also runs the limit for following it up', () => {
  const { says, state } = tell();
  says('fr', 'request', { ...ordinaryRequest, followsHit: true });
  assert.deepEqual(
    state().clocks.map(({ clock }) => clock),
    ['taking-in-charge', 'other', 'hit-follow-up'],
  );
});

test('a lead changes hands by being taken in charge again, and both functions stay on record', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'taken-in-charge', { at }, { bodiless: true });
  says('ma', 'taken-in-charge', { at: '2026-11-23T09:00:00.000Z' }, { bodiless: true });
  assert.equal(state().state, 'taken-in-charge');
  const taken = state().data['inCharge'];
  assert.ok(Array.isArray(taken) && taken.length === 2);
});

test('an answer in part can be followed by the rest, by more after the last word, or by a refusal of the rest', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('ma', 'partial-answer');
  assert.equal(state().state, 'partly-answered');
  says('ma', 'answer');
  says('ma', 'answer');
  assert.equal(state().state, 'answered');

  const refused = tell();
  refused.says('fr', 'request', ordinaryRequest);
  refused.says('ma', 'partial-answer');
  refused.says('ma', 'refusal', { ground: 'R10' });
  assert.equal(refused.state().state, 'refused');
});

test('whoever asked can withdraw, and either side can reopen what was closed; then someone must take it in charge anew', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  says('fr', 'withdrawal', { withdrawalReason: 'no-longer-needed' });
  assert.equal(state().state, 'withdrawn');
  says('ma', 'reopening', { reopeningReason: 'new-facts' });
  assert.equal(state().state, 'reopened');
  assert.deepEqual(
    state()
      .clocks.filter(({ clock }) => clock === 'taking-in-charge')
      .map(({ moves }) => moves.length),
    [1, 0],
  );
});

test('only the receiver answers, refuses or asks; only the sender withdraws or clarifies', () => {
  const { says, state } = tell();
  const request = says('fr', 'request', ordinaryRequest);
  const received = ['acknowledge', 'taken-in-charge', 'partial-answer', 'answer', 'refusal', 'clarification-asked'];
  const sent = ['withdrawal', 'clarification-given'];
  for (const [party, types] of [['fr', received] as const, ['ma', sent] as const]) {
    for (const type of types) {
      const wrong = says(party, type, {}, { leaves: request });
      assert.equal(noteOf(state(), wrong), 'not-the-owner', `${party} ${type}`);
    }
  }
  assert.equal(state().state, 'requested');
});

test('an outcome stands against the act that led to it, with its delay in minutes, whatever the state', () => {
  const { says, state } = tell();
  const lead = says('ma', 'threat-to-life', information);
  says('fr', 'answer');
  says('fr', 'closing', { closingReason: 'satisfied' });
  const found = says('fr', 'outcome', { of: lead, ...outcome, receivedAt: at, at: '2026-11-23T13:45:30.000Z' });
  assert.deepEqual(state().data['outcomes'], [{ act: found, from: 'fr', of: lead, ...outcome, delayMinutes: 315 }]);
  assert.equal(state().state, 'closed');
});

test('a correction is its owner’s alone and names the act that it corrects', () => {
  const { says, state } = tell();
  const lead = says('ma', 'spontaneous', information);
  const foreign = says('fr', 'correction', { of: lead, correctionKind: 'inaccurate' });
  assert.equal(noteOf(state(), foreign), 'not-the-owner');
  const own = says('ma', 'correction', { of: lead, correctionKind: 'inaccurate' });
  assert.deepEqual(state().data['corrections'], { [lead]: own });
});
