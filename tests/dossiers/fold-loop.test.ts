import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierId } from '@entente/protocol';
import { openLog } from '../../packages/station/src/adapters/log.ts';
import { startFolding } from '../../packages/station/src/timers/fold-loop.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { information, level, newDossier, says, stateOf } from '../support/says.fixtures.ts';

let desks: TwoDesks;
before(async () => (desks = await twoDesks()));
after(() => desks.close());

test('two processes of a station fold one relation by turns, each entry once, as soon as it is committed', async () => {
  const { fr, ma, officers } = desks;
  const log = openLog('error');
  const loops = await Promise.all([1, 2].map(() => startFolding(ma.parts, [ma.relation], log)));
  const dossiers: DossierId[] = [];
  for (let said = 0; said < 5; said += 1) {
    const dossier = newDossier(fr);
    dossiers.push(dossier);
    await says(officers.fr, { type: 'leads/spontaneous', dossier, inputs: information, fields: {} });
    await level(fr, ma);
  }
  const held = async (): Promise<boolean> => {
    const { rows } = await ma.parts.database.query<{ behind: number }>(
      `select sum(size)::int - (select sum(own_size + their_size) from relation_digest)::int as behind from channel`,
    );
    return rows[0]?.behind === 0;
  };
  for (let tries = 0; !(await held()); tries += 1) {
    assert.ok(tries < 500, 'the loops fold what is committed');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await Promise.all(loops.map((loop) => loop.stop()));
  await desks.fold();
  for (const dossier of dossiers) {
    const state = await stateOf(ma, dossier);
    assert.equal(state?.acts.length, 1);
    assert.deepEqual(state, await stateOf(fr, dossier));
  }
  const { rows } = await ma.parts.database.query<{ sums: string }>(
    `select encode(sums, 'hex') as sums from relation_digest`,
  );
  const { rows: others } = await fr.parts.database.query<{ sums: string }>(
    `select encode(sums, 'hex') as sums from relation_digest`,
  );
  assert.equal(rows[0]?.sums, others[0]?.sums, 'no dossier was counted twice');
});
