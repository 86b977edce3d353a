import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { announceDigest } from '../../packages/station/src/dossiers/announce-digest.ts';
import { compareDigests } from '../../packages/station/src/dossiers/compare-digests.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { information, level, newDossier, says } from '../support/says.fixtures.ts';

let desks: TwoDesks;
before(async () => (desks = await twoDesks()));
after(() => desks.close());

test('a digest is compared at the very cut it names, though both sides have gone on since', async () => {
  const { fr, ma, officers, foldings } = desks;
  const dossier = newDossier(fr);
  const told = await says(officers.fr, { type: 'leads/spontaneous', dossier, inputs: information, fields: {} });
  await level(fr, ma);
  await desks.fold();
  assert.equal(await announceDigest(fr.parts, fr.relation, 'daily'), true);
  assert.equal(await announceDigest(fr.parts, fr.relation, 'daily'), false, 'once a day');
  await releaseParcel(fr.parts, fr.relation);
  await says(officers.fr, { type: 'leads/note', dossier, fields: {} });
  await says(officers.ma, { type: 'leads/acknowledge', dossier, inputs: {} });
  await says(officers.ma, { type: 'leads/closing', dossier, leaves: told, inputs: { closingReason: 'no-follow-up' } });
  await level(fr, ma);
  await desks.fold();
  assert.deepEqual(await compareDigests(ma.parts, foldings.ma), { kind: 'alike' });
  assert.deepEqual(await compareDigests(ma.parts, foldings.ma), { kind: 'nothing' });
});

test('a difference is alarmed and names the dossiers by the first byte of their ids', async () => {
  const { fr, ma, officers, foldings } = desks;
  const dossier = newDossier(fr);
  await says(officers.fr, { type: 'leads/spontaneous', dossier, inputs: information, fields: {} });
  await level(fr, ma);
  await desks.fold();
  // What a defect of one station's program would do: another sum for one dossier.
  await fr.parts.database.query(`update relation_digest set sums = overlay(sums placing '\\xff' from $1)`, [
    Number.parseInt(dossier.slice(0, 2), 16) * 32 + 32,
  ]);
  await announceDigest(fr.parts, fr.relation, 'now');
  await releaseParcel(fr.parts, fr.relation);
  await level(fr, ma);
  await desks.fold();
  const first = dossier.slice(0, 2);
  assert.deepEqual(await compareDigests(ma.parts, foldings.ma), { kind: 'different', dossiers: [first] });
  const { rows } = await ma.parts.database.query<{ what: string }>(
    `select what from alarm where kind = 'digest-differs'`,
  );
  assert.match(rows[0]?.what ?? '', new RegExp(`dossiers ${first}$`));
});
