import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ActId, DossierId, LogSize } from '@entente/protocol';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeExpress } from '../../packages/station/src/exchange/make-express.ts';
import { makeStandingParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { listDossierActs, readDossier } from '../../packages/station/src/store/dossier-queries.ts';
import { readContent } from '../../packages/station/src/store/read-content.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { forceInto, information, level, newDossier, says, stateOf } from '../support/says.fixtures.ts';

let desks: TwoDesks;
before(async () => {
  desks = await twoDesks();
  await level(desks.fr, desks.ma);
});
after(() => desks.close());

interface Said {
  readonly act: ActId;
  readonly dossier: DossierId;
  readonly body: Uint8Array;
  readonly envelope: Uint8Array;
}

/** An act of MA with a body, which FR does not have yet. */
async function saidByMa(): Promise<Said> {
  const { ma, officers } = desks;
  const dossier = newDossier(ma);
  const act = await says(officers.ma, { type: 'leads/spontaneous', inputs: information, fields: {}, dossier });
  const { rows } = await ma.parts.database.query<{ body: Buffer; envelope: Buffer }>(
    `select body, envelope from entry where act = decode($1, 'hex')`,
    [act],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  return { act, dossier, ...row };
}

/** What MA's program would send from now on, whatever its rules say. */
async function setAtMa(act: ActId, body: Uint8Array | null): Promise<void> {
  await desks.ma.parts.database.query(`update entry set body = $2 where act = decode($1, 'hex')`, [act, body]);
}

/** Both say something after having heard the other: all that stood before is here then. */
async function hearEachOther(): Promise<void> {
  const { fr, ma, officers } = desks;
  for (const officer of [officers.fr, officers.ma, officers.fr]) {
    const dossier = newDossier(officer.station);
    await says(officer, { type: 'leads/spontaneous', inputs: information, fields: {}, dossier });
    await level(fr, ma);
  }
  await desks.fold();
}

async function bodyAtFr({ act, dossier }: Said): Promise<string | undefined> {
  const { database } = desks.fr.parts;
  const acts = await listDossierActs(database, 1, await readDossier(database, 1, dossier));
  return acts.find((one) => one.act === act)?.body;
}

const alarms = async (): Promise<readonly string[]> =>
  (await listAlarms(desks.fr.parts.database, 1, 100))
    .filter(({ kind }) => kind === 'body-withheld')
    .map(({ what }) => what);

const reading = ({ act }: Said) => {
  const { parts, relation } = desks.fr;
  const reader = { caller: undefined, time: parts.clock.now(), day: '2026-11-23', purpose: 'x', acknowledged: true };
  return readContent(parts.database, parts.crypto, recordOf(relation), act, reader);
};

/** Sends MA's whole channel once more, as it is now. */
async function sendAllAgain(): Promise<void> {
  const { fr, ma } = desks;
  const parcel = await makeStandingParcel(ma.parts, ma.relation, 0 as LogSize, 1000);
  assert.ok(parcel !== undefined);
  await acceptParcel(fr.parts, fr.relation, parcel.sealed);
}

test('a body kept back is shown as awaited, alarmed once its sender said more, and changes no state', async () => {
  const { fr, ma } = desks;
  const said = await saidByMa();
  await setAtMa(said.act, null);
  await level(fr, ma);
  await desks.fold();
  assert.equal(await bodyAtFr(said), 'awaited');
  assert.deepEqual(await alarms(), []);
  const theirs = await readChannel(fr.parts.database, 1, ma.relation.own);
  assert.equal(theirs.cosigned?.size, theirs.size, 'it is kept and receipted');
  await hearEachOther();
  assert.equal(await bodyAtFr(said), 'withheld');
  const [alarm, ...more] = await alarms();
  assert.deepEqual(more, []);
  assert.match(alarm ?? '', new RegExp(`ma released 1 acts without the bodies.*${said.act}`));
  const state = await stateOf(fr, said.dossier);
  assert.equal(state?.acts[0]?.effect, 'effective');
  assert.deepEqual(state, await stateOf(ma, said.dossier));
  await assert.rejects(reading(said), { code: 'body-awaited' });

  await setAtMa(said.act, said.body);
  await sendAllAgain();
  assert.equal(await bodyAtFr(said), 'held', 'it fills its place when it comes');
  assert.deepEqual((await reading(said)).bodyBytes, Buffer.from(said.body));
});

test('another body than the head names never takes the place of one kept back', async () => {
  const { fr, ma } = desks;
  const said = await saidByMa();
  await setAtMa(said.act, null);
  await level(fr, ma);
  await setAtMa(said.act, new TextEncoder().encode('{"attachments":[],"fields":{},"nonce":"x"}'));
  await assert.rejects(sendAllAgain(), { code: 'hash-mismatch' });
  await desks.fold();
  assert.equal(await bodyAtFr(said), 'awaited');
  await setAtMa(said.act, said.body);
});

test('an act said once more brings the body that it lacked', async () => {
  const { fr, ma } = desks;
  const said = await saidByMa();
  await setAtMa(said.act, null);
  await level(fr, ma);
  await forceInto(ma, [said]);
  await level(fr, ma);
  await desks.fold();
  assert.equal(await bodyAtFr(said), 'held');
});

test('a body that came ahead of its prefix stays, though the prefix comes without it', async () => {
  const { fr, ma } = desks;
  const said = await saidByMa();
  const { size } = await readChannel(ma.parts.database, 1, ma.relation.own);
  await acceptExpress(fr.parts, fr.relation, await makeExpress(ma.parts, ma.relation, (size - 1) as LogSize));
  await setAtMa(said.act, null);
  await level(fr, ma);
  await desks.fold();
  assert.equal(await bodyAtFr(said), 'held');
  await setAtMa(said.act, said.body);
});

test('what its owner had erased before it was sent is no fault, though the erasure comes in a later parcel', async () => {
  const { fr, ma, officers } = desks;
  const before = (await alarms()).length;
  const said = await saidByMa();
  const { size } = await readChannel(ma.parts.database, 1, ma.relation.own);
  const { dossier, act: of } = said;
  await says(officers.ma, { type: 'leads/erase', dossier, inputs: { of, ground: 'data-subject' } });
  await desks.fold();
  const first = await makeStandingParcel(ma.parts, ma.relation, (size - 1) as LogSize, 1);
  assert.ok(first !== undefined);
  await acceptParcel(fr.parts, fr.relation, first.sealed);
  await desks.fold();
  assert.equal(await bodyAtFr(said), 'awaited');
  await hearEachOther();
  assert.equal((await alarms()).length, before);
  assert.equal(await bodyAtFr(said), 'erased');
});

test('a body that we have erased does not come back with a parcel sent again', async () => {
  const { fr, ma, officers } = desks;
  const said = await saidByMa();
  await setAtMa(said.act, null);
  await level(fr, ma);
  const { dossier, act: of } = said;
  await says(officers.fr, { type: 'leads/erase', dossier, inputs: { of, ground: 'data-subject' } });
  await level(fr, ma);
  await desks.fold();
  await setAtMa(said.act, said.body);
  await sendAllAgain();
  await hearEachOther();
  assert.equal(await bodyAtFr(said), 'erased');
});
