import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClockReading, DossierState, Instant, JsonObject } from '@entente/protocol';
import { leads } from './index.ts';
import { information, ordinaryRequest, tell, urgentRequest } from './story.fixtures.ts';

test('requests are counted by urgency, and refusals by their ground', () => {
  const refused = played(['fr', 'request', urgentRequest], ['ma', 'refusal', { ground: 'R12' }]);
  assert.deepEqual(countersOf(refused), ['requests', 'requests-urgent', 'refused', 'refused-R12']);
  const answered = played(['fr', 'request', ordinaryRequest], ['ma', 'taken-in-charge'], ['ma', 'answer']);
  assert.deepEqual(countersOf(answered), ['requests', 'requests-other', 'taken-in-charge', 'answered']);
});

test('spontaneous information and threats to life are no requests', () => {
  assert.deepEqual(countersOf(played(['ma', 'spontaneous', information])), ['spontaneous']);
  assert.deepEqual(countersOf(played(['ma', 'threat-to-life', information])), ['threats-to-life']);
});

test('a partial answer does not count as answered', () => {
  const partly = played(['fr', 'request', ordinaryRequest], ['ma', 'partial-answer']);
  assert.ok(!countersOf(partly).includes('answered'));
});

test('an urgent request is in time or late by the limit of the access that the receiver named', () => {
  const direct = played(['fr', 'request', urgentRequest], ['ma', 'answer']);
  assert.deepEqual(figure('urgent-direct-in-time', direct, { 'urgent-direct': ended(false) }), [true, true]);
  assert.deepEqual(figure('urgent-direct-in-time', direct, { 'urgent-direct': ended(true) }), [false, true]);
  assert.deepEqual(figure('urgent-indirect-in-time', direct, { 'urgent-indirect': ended(false) }), [false, false]);

  const indirect = played(
    ['fr', 'request', urgentRequest],
    ['ma', 'taken-in-charge', { access: 'indirect' }],
    ['ma', 'answer'],
  );
  assert.deepEqual(figure('urgent-indirect-in-time', indirect, { 'urgent-indirect': ended(false) }), [true, true]);
  assert.deepEqual(figure('urgent-direct-in-time', indirect, { 'urgent-direct': ended(false) }), [false, false]);
});

test('an expired request counts as late though nobody has answered, one still running counts nowhere', () => {
  const waiting = played(['fr', 'request', ordinaryRequest]);
  assert.deepEqual(figure('other-in-time', waiting, { other: expired }), [false, true]);
  assert.deepEqual(figure('other-in-time', waiting, {}), [false, false]);
});

test('a request withdrawn before its limit is neither in time nor late', () => {
  const withdrawn = played(['fr', 'request', ordinaryRequest], ['fr', 'withdrawal']);
  assert.deepEqual(figure('other-in-time', withdrawn, { other: ended(false) }), [false, false]);
});

test('a numerator never counts a dossier that its denominator leaves out', () => {
  const states = [
    played(['fr', 'request', urgentRequest], ['ma', 'refusal', { ground: 'R1' }]),
    played(['fr', 'threat-to-life', information], ['ma', 'acknowledge'], ['ma', 'answer']),
    played(['fr', 'spontaneous', information], ['ma', 'answer']),
  ];
  for (const state of states) {
    for (const reading of [ended(true), ended(false), expired, undefined]) {
      for (const { name, numerator, denominator } of leads.figures) {
        const counted = { state, clock: () => reading };
        assert.ok(!numerator(counted) || denominator(counted), name);
      }
    }
  }
});

type Step = readonly ['fr' | 'ma', string, JsonObject?];

function played(...steps: readonly Step[]): DossierState {
  const { says, state } = tell();
  for (const [party, type, inputs] of steps) says(party, type, inputs);
  return state();
}

function countersOf(state: DossierState): readonly string[] {
  return leads.counters.filter(({ counts }) => counts(state)).map(({ name }) => name);
}

function figure(
  name: string,
  state: DossierState,
  readings: Readonly<Record<string, ClockReading>>,
): readonly [boolean, boolean] {
  const found = leads.figures.find((figure) => figure.name === name);
  assert.ok(found !== undefined);
  const counted = { state, clock: (clock: string) => readings[clock] };
  return [found.numerator(counted), found.denominator(counted)];
}

const started = {
  started: 0 as Instant,
  elapsed: 1,
  stoppedFor: 0,
  certainty: 'settled',
  deadline: 9 as Instant,
} as const;
const expired: ClockReading = { kind: 'expired', ...started };
function ended(late: boolean): ClockReading {
  return { kind: 'ended', at: 1 as Instant, late, ...started };
}
