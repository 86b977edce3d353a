import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ActId, DossierId } from '@entente/protocol';
import { askBodies } from '../../packages/station/src/custody/awaited-bodies.ts';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { foldAll } from '../../packages/station/src/dossiers/fold-dossiers.ts';
import { openFolding } from '../../packages/station/src/dossiers/folding.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { listDossierActs, readDossier } from '../../packages/station/src/store/dossier-queries.ts';
import { readContent } from '../../packages/station/src/store/read-content.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { information, level, newDossier, says } from '../support/says.fixtures.ts';
import type { TestStation } from '../support/two-parties.fixtures.ts';

let desks: TwoDesks;
before(async () => (desks = await twoDesks()));
after(() => desks.close());

test('a restored station alarms which of its bodies were not given back, shows them as awaited, and takes them when they come', async () => {
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
  const give = await withhold(ma, withheld);

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

    await foldAll(restored.parts, openFolding(restored.parts.crypto, restored.relation));
    const acts = [kept, withheld, erased];
    const shown = async (): Promise<readonly (string | undefined)[]> =>
      Promise.all(acts.map((act) => bodyAt(restored, act)));
    assert.deepEqual(await shown(), ['held', 'awaited', 'erased']);
    await assert.rejects(reading(restored, withheld), { code: 'body-awaited' });
    await assert.rejects(reading(restored, erased), { code: 'body-erased' });
    const ask = (): Promise<void> => askBodies(restored.parts, restored.relation, giverOf(ma));
    await ask();
    assert.deepEqual(await shown(), ['held', 'awaited', 'erased'], 'it keeps it to itself');
    await ma.parts.database.query(`update entry set body = '{"other":1}' where act = decode($1, 'hex')`, [withheld]);
    await assert.rejects(ask(), { code: 'hash-mismatch' });
    await give();
    await ask();
    assert.deepEqual(await shown(), ['held', 'held', 'erased']);
    assert.ok((await reading(restored, withheld)).bodyBytes !== undefined);
  } finally {
    await restored.parts.database.end();
  }
});

/** Takes a body out of what a station's program sends from now on. @returns what puts it back */
async function withhold({ parts }: TestStation, act: ActId): Promise<() => Promise<void>> {
  const put = async (body: Uint8Array | null): Promise<void> => {
    await parts.database.query(`update entry set body = $2 where act = decode($1, 'hex')`, [act, body]);
  };
  const { rows } = await parts.database.query<{ body: Uint8Array }>(
    `select body from entry where act = decode($1, 'hex')`,
    [act],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  await put(null);
  return () => put(row.body);
}

/** What the dossier of an act says of its body. */
async function bodyAt({ parts: { database } }: TestStation, act: ActId): Promise<string | undefined> {
  const { rows } = await database.query<{ dossier: DossierId }>(
    `select encode(dossier, 'hex') as dossier from entry where act = decode($1, 'hex')`,
    [act],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  const acts = await listDossierActs(database, 1, await readDossier(database, 1, row.dossier));
  return acts.find((one) => one.act === act)?.body;
}

function reading({ parts, relation }: TestStation, act: ActId): ReturnType<typeof readContent> {
  const reader = { caller: undefined, time: parts.clock.now(), day: '2026-11-23', purpose: 'x', acknowledged: true };
  return readContent(parts.database, parts.crypto, recordOf(relation), act, reader);
}
