import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { information, level, newDossier, says } from '../support/says.fixtures.ts';

let desks: TwoDesks;
before(async () => (desks = await twoDesks()));
after(() => desks.close());

test('a restored station alarms which of its bodies were not given back, but for those that an act had erased', async () => {
  const { fr, ma, officers } = desks;
  await level(fr, ma);
  const backup = await backUp(fr, 'fr_before');
  const spontaneous = { type: 'leads/spontaneous', inputs: information, fields: {} } as const;
  const kept = await says(officers.fr, { ...spontaneous, dossier: newDossier(fr) });
  const withheld = await says(officers.fr, { ...spontaneous, dossier: newDossier(fr) });
  const dossier = newDossier(fr);
  const erased = await says(officers.fr, { ...spontaneous, dossier });
  await level(fr, ma);
  await says(officers.ma, { type: 'leads/erase', dossier, inputs: { of: erased, ground: 'data-subject' } });
  await level(fr, ma);
  await desks.fold();
  await ma.parts.database.query(`update entry set body = null where act = decode($1, 'hex')`, [withheld]);

  const restored = await restart(fr, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    assert.equal(await catchUp(restored.parts, restored.relation, giverOf(ma)), true);
    const { rows } = await restored.parts.database.query<{ act: string; bare: boolean }>(
      `select encode(act, 'hex') as act, body is null as bare from entry where act = any($1::bytea[])`,
      [[kept, withheld, erased].map((act) => Buffer.from(act, 'hex'))],
    );
    const bare = new Map(rows.map((row) => [row.act, row.bare]));
    assert.deepEqual(
      [kept, withheld, erased].map((act) => bare.get(act)),
      [false, true, true],
    );
    const alarms = await listAlarms(restored.parts.database, 1, 10);
    const alarm = alarms.find(({ what }) => what.includes('bodies'));
    assert.match(alarm?.what ?? '', new RegExp(`the bodies of 1 of our acts did not come back.*${withheld}`));
    const listed = await restored.parts.database.query<{ bytes: Buffer }>(
      `select bytes from house_entry where kind = 'restore' order by index desc limit 1`,
    );
    assert.ok(listed.rows[0]?.bytes.includes(withheld));
  } finally {
    await restored.parts.database.end();
  }
});
