import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { rotateBlindKey } from '../../packages/station/src/blind/rotate-key.ts';
import { effectiveEntry, listBlindSets } from '../../packages/station/src/store/blind.ts';
import { foldAll, request, say } from '../support/officers.fixtures.ts';
import { stateOf } from '../support/says.fixtures.ts';
import {
  ask,
  type BlindPair,
  blindPair,
  check,
  person,
  publish,
  purpose,
  settled,
  until,
} from '../support/blind.fixtures.ts';

let pair: BlindPair;
before(async () => {
  pair = await blindPair({ queriesPerDay: 5, queriesPerMonth: 6 });
});
after(() => pair.close());

const watched = [
  person('محمد العربي بن سليمان'),
  person('Karim Haddad', '1971-05-06'),
  person('Lucía Fernández', '1990-01-02'),
];

test('a person watched in another script is a hit, and a stranger is none', async () => {
  const { fr, ma } = pair;
  await publish(ma, fr, watched);
  const hit = await check(fr, person('Mohamed Larbi Benslimane'));
  assert.deepEqual([hit.state, hit.reason], ['hit', undefined]);
  const miss = await check(fr, person('Mohamed Larbi Benslimane', '1985-03-12'));
  assert.equal(miss.state, 'no-hit');
  assert.deepEqual([...fr.defects, ...ma.defects], []);
});

test('both houses write down each check with its legal basis, and neither whom it was about', async () => {
  const { fr, ma } = pair;
  for (const [side, did] of [
    [fr, ['blind-check-prepared', 'blind-check-settled']],
    [ma, ['blind-set-published', 'blind-query-taken']],
  ] as const) {
    const { rows } = await side.parts.database.query<{ text: string }>(
      `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'blind'`,
    );
    for (const one of did)
      assert.ok(
        rows.some(({ text }) => text.includes(one)),
        one,
      );
    assert.ok(rows.some(({ text }) => text.includes('SAFE-37b')));
    assert.ok(rows.every(({ text }) => !/benslimane|haddad|سليمان/i.test(text)));
  }
});

test('the request that follows a hit names query and answer, and its 48 hours run', async () => {
  const { fr, ma } = pair;
  const { act, answer } = await check(fr, person('Lucia Fernandez', '1990-01-02'));
  assert.ok(answer !== undefined);
  const inputs = { ...request.inputs, followsHit: true };
  const [said] = await say(fr.officer, { ...request, inputs, basis: [act, answer] });
  assert.ok(said !== undefined);
  await until(() => effectiveEntry(ma.parts.database, 1, said.act), 'the request');
  await foldAll(ma as never);
  const { clocks } = (await stateOf(ma as never, said.dossier)) ?? assert.fail('folded');
  const clock = clocks.find((run) => run.clock === 'hit-follow-up');
  assert.equal(clock?.trigger, said.act);
  const terms = ma.relation.authority.accord(ma.relation.own).accord.clocks['hit-follow-up'];
  assert.deepEqual([terms?.limit, terms?.unit], [48, 'hours']);
});

test('nobody is asked about by a name alone, nor for a purpose the accord does not name', async () => {
  const { fr } = pair;
  await assert.rejects(ask(fr, { names: ['Karim Haddad'] }), refusedWith('field-malformed'));
  await assert.rejects(ask(fr, person('Karim Haddad'), { purpose: 'leads/prevention' }), refusedWith('blind-unknown'));
});

test('after a rotation the counterpart is asked under the new key once its set has come', async () => {
  const { fr, ma } = pair;
  const { epoch } = await rotateBlindKey(ma.blind, ma.relation, seedsOf(ma.root.present), purpose);
  assert.equal(epoch, 2);
  await publish(ma, fr, watched);
  const sets = await listBlindSets(fr.parts.database, 1, false, purpose);
  assert.deepEqual(
    sets.map((set) => set.epoch),
    [2, 1],
  );
  assert.equal((await check(fr, person('Kareem Hadad', '1971-05-06'))).state, 'hit');
});

test('the budget of a day, and of a month, ends the asking', async () => {
  const { fr } = pair;
  assert.equal((await check(fr, person('Jean-Baptiste Poquelin'))).state, 'no-hit');
  await assert.rejects(ask(fr, person('Karim Haddad')), refusedWith('quota-exceeded'));
  // An asker that forgets what it asked is counted all the same.
  await fr.parts.database.query('update blind_check set made = 0');
  const prepared = await ask(fr, person('Karim Haddad'));
  const refused = await settled(fr, prepared.act);
  assert.deepEqual([refused.state, refused.reason], ['refused', 'budget-exhausted']);
});

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.code === code;
}
