import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ClockReading, DossierState, Instant } from '@entente/protocol';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { sayByAdministration } from '../../packages/station/src/release/administration-act.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readClocks } from '../../packages/station/src/dossiers/read-clocks.ts';
import { reachClocks } from '../../packages/station/src/dossiers/reach-clocks.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { instantText, level, newDossier, parcelFor, request, says, stateOf } from '../support/says.fixtures.ts';
import type { TestStation } from '../support/two-parties.fixtures.ts';

const minute = 60_000;
let desks: TwoDesks;
before(async () => (desks = await twoDesks()));
after(() => desks.close());

test('a lead nobody takes in charge rings both duty officers at 30 minutes, then the heads of desk, each once', async () => {
  const { fr, ma, officers } = desks;
  const dossier = newDossier(fr);
  await says(officers.fr, { type: 'leads/request', dossier, inputs: request, fields: {} });
  await level(fr, ma);
  await desks.fold();
  assert.equal(await reachClocks(ma.parts, ma.relation), 0);
  advance(29);
  assert.equal(await reachClocks(ma.parts, ma.relation), 0);
  advance(1);
  const told = await Promise.all([1, 2, 3].map(() => reachClocks(ma.parts, ma.relation)));
  assert.equal(
    told.reduce((sum, count) => sum + count),
    1,
    'three processes tell it once',
  );
  assert.deepEqual(await tellings(ma), [['untaken-duty', 'both-duty-officers']]);
  assert.deepEqual(await alarms(ma), [`dossier ${dossier}: untaken-duty`]);
  await desks.fold();
  assert.equal(await reachClocks(ma.parts, ma.relation), 0, 'nothing is told again after another folding');
  advance(15);
  assert.equal(await reachClocks(ma.parts, ma.relation), 1);
  assert.deepEqual((await tellings(ma)).at(-1), ['untaken-heads', 'heads-of-desk']);
  assert.equal(await reachClocks(fr.parts, fr.relation), 2, 'the side that asked hears of it as well');
});

test('a lead taken in charge in time rings nobody, and its legal clock runs on from the receipt', async () => {
  const { fr, ma, officers } = desks;
  const dossier = newDossier(fr);
  const asked = await says(officers.fr, { type: 'leads/request', dossier, inputs: request, fields: {} });
  advance(10);
  await level(fr, ma);
  await desks.fold();
  const received = ma.parts.clock.now();
  advance(20);
  await says(officers.ma, { type: 'leads/taken-in-charge', dossier, leaves: asked, inputs: { at: instantText(ma) } });
  await level(fr, ma);
  await desks.fold();
  advance(120);
  const before = await tellings(ma);
  await reachClocks(ma.parts, ma.relation);
  assert.deepEqual(await tellings(ma), before);
  const readings = await Promise.all([fr, ma].map((station) => clocksOf(station, dossier)));
  assert.deepEqual(readings[0], readings[1], 'both sides read the same instants');
  const other = readings[0]?.get('other');
  assert.ok(other?.kind === 'running' && other.started === received);
  const { rows } = await ma.parts.database.query<{ deadline: Instant }>(
    `select deadline from dossier where dossier = decode($1, 'hex')`,
    [dossier],
  );
  assert.equal(rows[0]?.deadline, other.deadline);
});

test('a new epoch folds every dossier anew, and rings nobody again for a step of a clock that was told', async () => {
  const { fr, ma, officers } = desks;
  const dossier = newDossier(fr);
  await says(officers.fr, { type: 'leads/request', dossier, inputs: request, fields: {} });
  await level(fr, ma);
  await desks.fold();
  advance(46);
  assert.equal(await reachClocks(ma.parts, ma.relation), 2);
  const { size, root } = await readChannel(ma.parts.database, 1, ma.relation.own);
  const notice = rootNotice(ma, 'epoch-notice', { epoch: 2, common: { size, root: root.toHex() } });
  for (const { parts, relation } of [fr, ma]) assert.equal(await acceptNotice(parts, relation, notice), 'epoch');
  await level(fr, ma);
  await desks.fold();
  assert.equal((await stateOf(ma, dossier))?.state, 'requested', 'the dossier is folded anew');
  const [told, alarmed] = [await tellings(ma), await alarms(ma)];
  assert.equal(await reachClocks(ma.parts, ma.relation), 0);
  assert.deepEqual([await tellings(ma), await alarms(ma)], [told, alarmed]);
});

test('a leaf that claims a time its receiver had not reached starts clocks two minutes after the receipt at most', async () => {
  const { fr, ma, officers } = desks;
  const dossier = newDossier(fr);
  fr.parts.clock.advance(60 * minute);
  await says(officers.fr, { type: 'leads/request', dossier, inputs: request, fields: {} });
  const parcel = await parcelFor(fr, ma);
  assert.ok(parcel !== undefined);
  await acceptParcel(ma.parts, ma.relation, parcel);
  await assert.rejects(releaseParcel(ma.parts, ma.relation), { code: 'clock-off' });
  // An administrator has looked at both clocks: it is the counterpart's that is wrong.
  await sayByAdministration(ma.parts, ma.relation, 'clock-override', { difference: -3600 });
  await desks.fold();
  const received = ma.parts.clock.now();
  const { rows } = await ma.parts.database.query<{ opened: Instant; instant: Instant; excess: number }>(
    `select opened, instant, excess from dossier, entry_time where dossier = decode($1, 'hex') and excess > 0`,
    [dossier],
  );
  assert.deepEqual(rows[0], { opened: received + 2 * minute, instant: received + 2 * minute, excess: 58 * minute });
});

function advance(minutes: number): void {
  for (const { parts } of [desks.fr, desks.ma]) parts.clock.advance(minutes * minute);
}

async function clocksOf(
  station: TestStation,
  dossier: Parameters<typeof stateOf>[1],
): Promise<ReadonlyMap<string, ClockReading>> {
  const state = (await stateOf(station, dossier)) as DossierState;
  const [clocks] = await readClocks(station.parts, station.relation, [state], desks.fr.parts.clock.now());
  return clocks ?? new Map();
}

async function tellings({ parts }: TestStation): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await parts.database.query<{ what: { step: string; to: string } }>(
    `select what from event where kind = 'clock-reached' order by number`,
  );
  return rows.map(({ what }) => [what.step, what.to] as const);
}

async function alarms({ parts }: TestStation): Promise<readonly string[]> {
  const { rows } = await parts.database.query<{ what: string }>(
    `select what from alarm where kind = 'nobody-in-charge' order by number`,
  );
  return rows.map(({ what }) => what);
}
