import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isActId } from '@entente/protocol';
import type { ActType, JsonObject } from '@entente/protocol';
import { maySay } from '../may-say.ts';
import { leads } from './index.ts';
import { leadStates } from './states.ts';
import type { LeadState } from './states.ts';
import { information, ordinaryRequest, tell } from './story.fixtures.ts';
import type { Story } from './story.fixtures.ts';

type Step = readonly ['fr' | 'ma', string, JsonObject?];

/** A way to each state. */
const ways: Readonly<Record<LeadState, readonly Step[]>> = {
  requested: [['fr', 'request', ordinaryRequest]],
  informed: [['fr', 'spontaneous', information]],
  alerted: [['fr', 'threat-to-life', information]],
  'taken-in-charge': [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'taken-in-charge'],
  ],
  'clarification-awaited': [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'clarification-asked'],
  ],
  'authorisation-awaited': [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'authorisation-needed'],
  ],
  'partly-answered': [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'partial-answer'],
  ],
  answered: [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'answer'],
  ],
  refused: [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'refusal'],
  ],
  reopened: [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'refusal'],
    ['fr', 'reopening'],
  ],
  withdrawn: [
    ['fr', 'request', ordinaryRequest],
    ['fr', 'withdrawal'],
  ],
  closed: [
    ['fr', 'request', ordinaryRequest],
    ['ma', 'answer'],
    ['fr', 'closing'],
  ],
};

test('in every state, each side can say an act or is told why not, and the fold decides as the table says', () => {
  let allowed = 0;
  for (const state of leadStates) {
    for (const type of leads.acts) {
      for (const party of ['fr', 'ma'] as const) {
        const story = reach(state);
        const decision = maySay(type, story.state(), party);
        const act = story.says(party, type.name, { of: namedBy(type, story, party) });
        const folded = story.state().acts.find(({ id }) => id === act);
        const where = `${party} says ${type.name} in ${state}`;
        if (decision.kind === 'may') {
          allowed++;
          assert.equal(folded?.effect, 'effective', where);
          if (type.to !== undefined) assert.equal(story.state().state, type.to, where);
        } else {
          assert.equal(folded?.effect, 'noted', where);
          assert.ok(reasons(decision.why).includes(folded?.reason ?? ''), `${where}: ${folded?.reason}`);
        }
      }
    }
  }
  assert.ok(allowed > 0);
});

test('every state of the table can be reached, and left again', () => {
  for (const state of leadStates) {
    assert.ok(
      leads.acts.some(({ to }) => to === state),
      state,
    );
    assert.equal(reach(state).state().state, state);
    const ways = leads.acts.filter(({ from, to }) => from !== 'any' && from.includes(state) && to !== state);
    assert.ok(ways.length > 0, `nothing leaves ${state}`);
  }
});

test('heads hold no text: every input is a choice, a number, an instant, a day, or names an act', () => {
  const kinds = new Set(['choice', 'choices', 'boolean', 'integer', 'instant', 'day', 'act']);
  for (const type of leads.acts) {
    for (const input of type.inputs) {
      const kind = input.kind === 'list' ? input.of.kind : input.kind;
      assert.ok(kinds.has(kind), `${type.name}.${input.name}`);
    }
  }
});

test('every gate, clock and state that an act names is declared, and none is declared without a use', () => {
  const gates = new Set(leads.acts.flatMap((type) => type.gates));
  assert.deepEqual([...gates].sort(), leads.gates.map(({ name }) => name).sort());
  const clocks = new Set(leads.acts.flatMap((type) => (type.clocks ?? []).map(({ clock }) => clock)));
  assert.deepEqual([...clocks].sort(), [...leads.clocks].sort());
  assert.deepEqual(Object.keys(leads.clockDefaults).sort(), [...leads.clocks].sort());
  for (const { clock } of leads.escalations) assert.ok(leads.clocks.includes(clock), clock);
  for (const { types, field } of leads.requirements) {
    const named = types === 'any' ? leads.acts : leads.acts.filter(({ name }) => types.includes(name));
    assert.ok(
      named.some(({ fields }) => fields.some(({ name }) => name === field)),
      field,
    );
  }
});

test('only what protects or acknowledges passes a closed lane', () => {
  const passing = leads.acts.filter(({ passesLanes }) => passesLanes).map(({ name }) => name);
  assert.deepEqual(passing.sort(), [
    'acknowledge',
    'change-acknowledged',
    'correction',
    'permission-denied',
    'taken-in-charge',
  ]);
});

test('an act that carries personal data passes every gate of what it carries; only a correction owes none', () => {
  for (const type of leads.acts.filter(({ transfers }) => transfers)) {
    const owed =
      type.name === 'correction' ? [] : ['necessity-proportionality', 'handling-inherited', 'permission-held'];
    for (const gate of owed) assert.ok(type.gates.includes(gate), `${type.name} without ${gate}`);
  }
});

function reach(state: LeadState): Story {
  const story = tell();
  for (const [party, type, inputs] of ways[state]) story.says(party, type, inputs);
  return story;
}

/** The act to speak of: own or theirs as the type asks, where there is one. */
function namedBy({ speaksOf }: ActType, story: Story, party: string): string {
  const isMeant = (from: string): boolean => speaksOf === 'any' || (speaksOf === 'own') === (from === party);
  const named = story.state().acts.find(({ from }) => isMeant(from)) ?? story.state().acts[0];
  return isActId(named?.id) ? named.id : '';
}

/** A transition that also leaves a wrong state may be noted for either reason. */
function reasons(why: string): readonly string[] {
  return why === 'not-the-owner' ? [why] : [why, 'not-in-this-state'];
}
