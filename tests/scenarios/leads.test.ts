import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierId, DossierState, JsonObject } from '@entente/protocol';
import { type ActPrepared } from '../../packages/station/src/release/prepare-acts.ts';
import { enrol, humanGates, level, request, say, type TestOfficer } from '../support/officers.fixtures.ts';
import { sayTogether } from '../support/relation-acts.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

const said = (text: string): JsonObject => ({ language: 'fr', text });
let parties: TwoParties;
let martin: TestOfficer;
let alami: TestOfficer;

before(async () => {
  parties = await twoParties();
  martin = await enrol(parties.fr, 'o-1');
  alami = await enrol(parties.ma, 'o-2');
  await level(parties.fr, parties.ma);
});
after(() => parties.close());

test('a request is asked, taken in charge and answered, and both stations fold the same dossier', async () => {
  const { fr, ma } = parties;
  const asked = only(await say(martin, request));
  await level(fr, ma);
  assert.equal((await stateOf(ma, asked.dossier)).state, 'requested');
  await say(alami, {
    type: 'taken-in-charge',
    dossier: asked.dossier,
    basis: [asked.act],
    inputs: { at: '2026-11-23T08:05:00.000Z', access: 'direct' },
  });
  await level(fr, ma);
  await say(alami, {
    type: 'answer',
    dossier: asked.dossier,
    basis: [asked.act],
    fields: { answer: said('À Casablanca, vu hier.') },
    legalBasis: 'SAFE-37b',
    gates: humanGates,
  });
  await level(fr, ma);
  const [here, there] = [await stateOf(fr, asked.dossier), await stateOf(ma, asked.dossier)];
  assert.equal(here.state, 'answered');
  assert.deepEqual(here, there);
});

test('a threat to life passes a suspended lane by the floor, with one officer and no gate', async () => {
  const { fr, ma } = parties;
  const second = await enrol(fr, 'o-3');
  await suspend(martin, second);
  const held = only(await say(martin, request));
  const threat = only(
    await say(martin, {
      type: 'threat-to-life',
      inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
      fields: {
        threat: said('Attentat annoncé'),
        where: {
          placeName: 'Gare de Lyon',
          windowFrom: '2026-11-23T09:00:00.000Z',
          windowUntil: '2026-11-23T12:00:00.000Z',
        },
      },
      legalBasis: 'SAFE-37b',
      floor: true,
    }),
  );
  await level(fr, ma);
  assert.equal((await stateOf(ma, threat.dossier)).state, 'alerted');
  await assert.rejects(stateOf(ma, held.dossier), /no such dossier/, 'the ordinary request waits for the lane');
});

async function suspend(...officers: readonly [TestOfficer, TestOfficer]): Promise<void> {
  await sayTogether(officers, 'relation/lane', { track: 'leads', direction: 'out', setting: 'suspended' });
}

async function stateOf({ parts, relation }: TestStation, dossier: DossierId): Promise<DossierState> {
  const { rows } = await parts.database.query<{ folded: DossierState }>(
    'select folded from dossier where relation = $1 and dossier = $2',
    [relation.number, Buffer.from(dossier, 'hex')],
  );
  const state = rows[0]?.folded;
  if (state === undefined) throw new Error(`no such dossier ${dossier}`);
  return state;
}

function only(prepared: readonly ActPrepared[]): ActPrepared {
  const [one] = prepared;
  if (one === undefined) throw new Error('nothing was prepared');
  return one;
}
