import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActId, DossierState, Handling } from '@entente/protocol';
import { handlingInherited, permissionHeld } from './computed-gates.ts';
import { handlingOf, mayExport, mayForward, mayRead, mayReuse } from './handling.ts';
import type { HandlingDecision, Item, Use } from './handling.ts';
import { information, tell } from './story.fixtures.ts';
import type { Story } from './story.fixtures.ts';

const use: Use = { party: 'fr', purpose: 'investigation', acknowledged: [], day: '2026-11-23' };

test('H0: an item opens only for a stated purpose', () => {
  const { state, item } = given({ codes: ['H0'] });
  refused(mayRead(state, item, { ...use, purpose: ' ' }), 'purpose-missing', 'state-the-purpose');
  allowed(mayRead(state, item, use));
});

test('H1: an item stays out of a judicial file until its owner grants that, and no longer than granted', () => {
  const { state, item, story } = given({ codes: ['H0', 'H1'] });
  refused(mayExport(state, item, use, 'judicial-file'), 'judicial-use-not-permitted', 'ask-permission-H1');
  allowed(mayExport(state, item, use, 'operational-file'));

  story.says('fr', 'permission-asked', { of: item.id, lifted: ['H1'] });
  refused(mayExport(story.state(), item, use, 'judicial-file'), 'judicial-use-not-permitted', 'ask-permission-H1');
  story.says('ma', 'permission-granted', { of: item.id, lifted: ['H1'], permittedUntil: '2026-12-31' });
  allowed(mayExport(story.state(), item, use, 'judicial-file'));
  const later = { ...use, day: '2027-01-01' };
  refused(mayExport(story.state(), item, later, 'judicial-file'), 'judicial-use-not-permitted', 'ask-permission-H1');
});

test('H2: an item is not passed on until its owner grants that, and the owner can take the grant back', () => {
  const { state, item, story } = given({ codes: ['H0', 'H2'] });
  refused(mayForward(state, item, use), 'passing-on-not-permitted', 'ask-permission-H2');
  story.says('ma', 'permission-granted', { of: item.id, lifted: ['H2'] });
  allowed(mayForward(story.state(), item, use));
  story.says('ma', 'permission-denied', { of: item.id, lifted: ['H2'] });
  refused(mayForward(story.state(), item, use), 'passing-on-not-permitted', 'ask-permission-H2');
});

test('a permission for one use is none for another, and nobody grants it to themselves', () => {
  const { item, story } = given({ codes: ['H0', 'H1', 'H2'] });
  story.says('ma', 'permission-granted', { of: item.id, lifted: ['H1'] });
  story.says('fr', 'permission-granted', { of: item.id, lifted: ['H2'] });
  allowed(mayExport(story.state(), item, use, 'judicial-file'));
  refused(mayForward(story.state(), item, use), 'passing-on-not-permitted', 'ask-permission-H2');
});

test('H3: an item opens once its restriction has been read and acknowledged', () => {
  const { state, item } = given({ codes: ['H0', 'H3'] });
  refused(mayRead(state, item, use), 'restriction-unread', 'acknowledge-the-restriction');
  allowed(mayRead(state, item, { ...use, acknowledged: [item.id] }));
});

test('an item whose retention has ended is neither read nor exported', () => {
  const { state, item } = given({ codes: ['H0'], until: '2026-11-22' });
  refused(mayRead(state, item, use), 'retention-over', 'purge-and-say-so');
  refused(mayExport(state, item, use, 'operational-file'), 'retention-over', 'purge-and-say-so');
});

test('a narrowing by the owner holds from then on, with the codes and the day that it adds', () => {
  const { item, story } = given({ codes: ['H0'], until: '2027-11-23' });
  story.says('ma', 'narrow', { of: item.id, codes: ['H2'], until: '2027-01-01' });
  assert.deepEqual(handlingOf(story.state(), item), { codes: ['H0', 'H2'], until: '2027-01-01' });
  refused(mayForward(story.state(), item, use), 'passing-on-not-permitted', 'ask-permission-H2');
});

test('a recalled item no longer opens, unless its recall was refused with a ground', () => {
  const { item, story } = given({ codes: ['H0'] });
  const recall = story.says('ma', 'recall', { of: item.id, ground: 'error' });
  refused(mayRead(story.state(), item, use), 'item-recalled', 'purge-and-say-so');
  story.says('fr', 'recall-answer', { of: recall, answer: 'refused', ground: 'R7' });
  allowed(mayRead(story.state(), item, use));
});

test('an item whose erasure its owner asked opens for nobody', () => {
  const { item, story } = given({ codes: ['H0'] });
  story.says('ma', 'erase', { of: item.id, ground: 'court-order' });
  refused(mayRead(story.state(), item, use), 'item-erased', 'ask-the-owner-anew');
  refused(mayRead(story.state(), item, { ...use, party: 'ma' }), 'item-erased', 'ask-the-owner-anew');
});

test('the counterpart cannot close an item to its own owner by asking for its erasure', () => {
  const { item, story } = given({ codes: ['H0'] });
  const owner = { ...use, party: 'ma' };
  const erase = story.says('fr', 'erase', { of: item.id, ground: 'court-order' });
  allowed(mayRead(story.state(), item, owner));
  refused(mayRead(story.state(), item, use), 'item-erased', 'ask-the-owner-anew');
  story.says('ma', 'erase-answer', { of: erase, answer: 'erased' });
  refused(mayRead(story.state(), item, owner), 'item-erased', 'ask-the-owner-anew');
});

test('a party’s own items are bound by its own law and not by the codes it gave the counterpart', () => {
  const { state, item } = given({ codes: ['H0', 'H1', 'H2', 'H3'] });
  const owner = { ...use, party: 'ma' };
  allowed(mayExport(state, item, owner, 'judicial-file'));
  allowed(mayForward(state, item, owner));
});

test('an item that does not stand in the dossier is refused, whoever asks', () => {
  const { state, item } = given({ codes: ['H0'] });
  const elsewhere = { ...item, id: 'f'.repeat(64) };
  refused(mayRead(state, elsewhere, use), 'item-unknown', 'name-an-item-of-the-dossier');
});

test('an act of a dossier that nobody has opened yet is judged by its head alone', () => {
  const { item } = given({ codes: ['H0', 'H2'] });
  allowed(mayRead(undefined, item, use));
  refused(mayForward(undefined, item, use), 'passing-on-not-permitted', 'ask-permission-H2');
});

test('an act that was noted without effect is governed as strictly as any other', () => {
  const story = tell();
  const noted = story.says('ma', 'answer', {}, { handling: { codes: ['H0', 'H2'] } });
  story.says('ma', 'spontaneous', information);
  const item = itemOf(story, noted);
  refused(mayForward(story.state(), item, use), 'passing-on-not-permitted', 'ask-permission-H2');
});

test('an item taken up in a new act keeps its codes and its retention', () => {
  const { state, item } = given({ codes: ['H0', 'H1'], until: '2027-11-23' });
  const looser = { to: 'ma', handling: { codes: ['H0'], until: '2027-11-23' } } as const;
  refused(mayReuse(state, item, use, looser), 'handling-looser', 'take-over-the-codes');
  const longer = { to: 'ma', handling: { codes: ['H0', 'H1'], until: '2028-01-01' } } as const;
  refused(mayReuse(state, item, use, longer), 'handling-looser', 'take-over-the-codes');
  const endless = { to: 'ma', handling: { codes: ['H0', 'H1'] } } as const;
  refused(mayReuse(state, item, use, endless), 'handling-looser', 'take-over-the-codes');
  allowed(mayReuse(state, item, use, { to: 'ma', handling: { codes: ['H0', 'H1', 'H2'], until: '2027-11-01' } }));
});

test('gate handling-inherited stays shut for every item that the new act would loosen, and names each', () => {
  const { state, item } = given({ codes: ['H0', 'H1'] });
  const reused = [{ state, item }];
  const shut = handlingInherited(reused, use, { to: 'ma', handling: { codes: ['H0'] } });
  assert.deepEqual(
    shut.map(({ item, decision }) => [item, decision.why]),
    [[item.id, 'handling-looser']],
  );
  assert.deepEqual(handlingInherited(reused, use, { to: 'ma', handling: { codes: ['H0', 'H1'] } }), []);
});

test('gate permission-held stays shut towards a third party, and open back to the owner', () => {
  const { state, item } = given({ codes: ['H0', 'H2'] });
  const handling: Handling = { codes: ['H0', 'H2'] };
  const shut = permissionHeld([{ state, item }], use, { to: 'es', handling });
  assert.deepEqual(
    shut.map(({ decision }) => decision.why),
    ['passing-on-not-permitted'],
  );
  assert.deepEqual(permissionHeld([{ state, item }], use, { to: 'ma', handling }), []);
});

function given(handling: Handling): { readonly state: DossierState; readonly item: Item; readonly story: Story } {
  const story = tell();
  const id = story.says('ma', 'spontaneous', information, { handling });
  return { state: story.state(), item: itemOf(story, id), story };
}

function itemOf(story: Story, id: ActId): Item {
  const found = story.line().find((act) => act.id === id);
  assert.ok(found !== undefined);
  return found;
}

function allowed(decision: HandlingDecision): void {
  assert.deepEqual(decision, { kind: 'may' });
}

function refused(decision: HandlingDecision, why: string, whatToDo: string): void {
  assert.deepEqual(decision, { kind: 'must-not', why, whatToDo });
}
