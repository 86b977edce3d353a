import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ActId, type DossierId, type JsonObject, relationDossier } from '@entente/protocol';
import { readEnvelope, writeEnvelope } from '@entente/wire';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { listOutbox } from '../../packages/station/src/store/outbox.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import {
  authorise,
  enrol,
  forceInto,
  information,
  instantText,
  level,
  newDossier,
  request,
  type Said,
  says,
  signedEnvelope,
  stateOf,
} from '../support/says.fixtures.ts';
import type { TestStation } from '../support/two-parties.fixtures.ts';

let desks: TwoDesks;
let dossier: DossierId;
let asked: ActId;
before(async () => {
  desks = await twoDesks();
  dossier = newDossier(desks.fr);
  asked = await says(desks.officers.fr, { type: 'leads/request', dossier, inputs: request, fields: {} });
  await level(desks.fr, desks.ma);
});
after(() => desks.close());

interface Strange {
  readonly envelope: Uint8Array;
  readonly body?: Uint8Array;
  /** Null: it has effect. */
  readonly reason: string | null;
}

test('what is unknown, newer, malformed or repeated is kept byte for byte, receipted, and noted with the reason', async () => {
  const { fr, ma } = desks;
  const strange = await strangeActs();
  const start = (await readChannel(fr.parts.database, 1, fr.relation.own)).size;
  await forceInto(fr, strange);
  await level(fr, ma);
  await desks.fold();
  const { rows } = await ma.parts.database.query<{
    envelope: Uint8Array;
    body: Uint8Array | null;
    verdict: string | null;
  }>(
    `select envelope, body, verdict from entry join channel using (relation, channel)
     where not channel.own and index >= $1 order by index limit $2`,
    [start, strange.length],
  );
  assert.deepEqual(
    rows.map(({ verdict }) => verdict),
    strange.map(({ reason }) => reason),
  );
  for (const [at, { envelope, body }] of strange.entries()) {
    assert.deepEqual(rows[at]?.envelope, Buffer.from(envelope));
    assert.deepEqual(rows[at]?.body, body === undefined ? null : Buffer.from(body));
  }
  const receipt = await readChannel(fr.parts.database, 1, ma.relation.own);
  assert.ok(receipt.lastSeen >= start + strange.length, 'the receiver’s log says that it has seen them');
  const listed = new Map<string, string | undefined>(
    (await stateOf(ma, dossier))?.acts.map(({ id, reason }) => [id, reason]),
  );
  const placeless = new Set([null, 'malformed', 'repeated']);
  for (const { envelope, reason } of strange.filter(({ reason }) => !placeless.has(reason)))
    assert.equal(listed.get(ma.parts.crypto.sha256Hex(readEnvelope(envelope).headBytes)), reason);
  assert.deepEqual(await stateOf(fr, dossier), await stateOf(ma, dossier));
});

test('a body with U+0000 is legal JSON and comes through as it was signed', async () => {
  const { fr, ma, officers } = desks;
  const text = `{"attachments":[],"fields":{"note":"before\\u0000after"},"nonce":"${Buffer.alloc(32).toString('base64')}"}`;
  const act = await says(officers.fr, { type: 'leads/note', dossier, body: Buffer.from(text) });
  await level(fr, ma);
  const { rows } = await ma.parts.database.query<{ body: Buffer; verdict: string | null }>(
    'select body, verdict from entry where act = $1',
    [Buffer.from(act, 'hex')],
  );
  assert.equal(rows[0]?.body.toString(), text);
  assert.equal(rows[0]?.verdict, null);
});

test('an act out of state, of an unknown dossier or before its opening is shown as noted, and changes nothing', async () => {
  const { fr, ma, officers } = desks;
  await desks.fold();
  const before = await stateOf(ma, dossier);
  const closing = await says(officers.fr, {
    type: 'leads/reopening',
    dossier,
    leaves: asked,
    inputs: { reopeningReason: 'error' },
    fields: {},
  });
  const nowhere = newDossier(fr);
  const lost = await says(officers.fr, { type: 'leads/note', dossier: nowhere, fields: {} });
  await level(fr, ma);
  await desks.fold();
  const state = await stateOf(ma, dossier);
  assert.equal(state?.state, before?.state);
  assert.equal(state?.acts.find(({ id }) => id === closing)?.reason, 'not-in-this-state');
  assert.equal(await stateOf(ma, nowhere), undefined);
  await says(officers.fr, { type: 'leads/spontaneous', dossier: nowhere, inputs: information, fields: {} });
  await level(fr, ma);
  await desks.fold();
  const opened = await stateOf(ma, nowhere);
  assert.equal(opened?.acts.find(({ id }) => id === lost)?.reason, 'dossier-unopened', 'kept until something opens it');
});

test('a late act that is inserted before others is listed in its place, and the dossier says it was changed by it', async () => {
  const { fr, ma, officers } = desks;
  const late = newDossier(fr);
  const opened = await says(officers.fr, { type: 'leads/request', dossier: late, inputs: request, fields: {} });
  await level(fr, ma);
  // Both leave the same state, neither having seen the other; of equal precedence the first in line stands.
  const early = await says(officers.fr, {
    type: 'leads/withdrawal',
    dossier: late,
    leaves: opened,
    inputs: { withdrawalReason: 'sent-in-error' },
  });
  const taken = await says(officers.ma, {
    type: 'leads/taken-in-charge',
    dossier: late,
    leaves: opened,
    inputs: { at: instantText(ma) },
  });
  await desks.fold();
  assert.equal((await stateOf(fr, late))?.state, 'withdrawn');
  assert.equal((await stateOf(ma, late))?.state, 'taken-in-charge');
  await level(fr, ma);
  await desks.fold();
  assert.deepEqual(await stateOf(fr, late), await stateOf(ma, late));
  const noted = (await stateOf(ma, late))?.acts.find(({ effect }) => effect === 'noted');
  assert.equal(noted?.reason, 'overtaken');
  const changed = [await lateOf(fr, late), await lateOf(ma, late)].filter((act) => act !== null);
  assert.ok(changed.every((act) => act === early || act === taken));
});

test('a closed lane holds acts in order and drops none; a threat to life passes, and an opened lane lets them go', async () => {
  const { fr, ma, officers } = desks;
  const second = await enrol(ma);
  const lane = (setting: string): Said => ({
    type: 'relation/lane',
    dossier: relationDossier,
    inputs: { track: 'leads', direction: 'in', setting },
    with: [second],
  });
  await says(officers.ma, lane('suspended'));
  await level(fr, ma);
  const waiting = [];
  for (const _ of [1, 2, 3])
    waiting.push(
      await authorise(officers.fr, {
        type: 'leads/spontaneous',
        dossier: newDossier(fr),
        inputs: information,
        fields: {},
      }),
    );
  await releaseParcel(fr.parts, fr.relation);
  const held = await listOutbox(fr.parts.database, 1, 10);
  assert.deepEqual(
    held.map(({ act, held }) => [act, held]),
    waiting.map((act) => [act, 'lane-closed']),
  );
  const urgent = newDossier(fr);
  const inputs: JsonObject = { crimeArea: 'homicide', purpose: 'protection-of-life' };
  const threat = await says(officers.fr, {
    type: 'leads/threat-to-life',
    dossier: urgent,
    inputs,
    fields: {},
    floor: true,
  });
  await level(fr, ma);
  await desks.fold();
  assert.equal((await stateOf(ma, urgent))?.since, threat);
  await says(officers.ma, lane('open'));
  await level(fr, ma);
  await level(fr, ma);
  const { rows } = await ma.parts.database.query<{ act: ActId }>(
    `select encode(act, 'hex') as act from entry where act = any($1::bytea[]) and verdict is null order by index`,
    [waiting.map((act) => Buffer.from(act, 'hex'))],
  );
  assert.deepEqual(
    rows.map(({ act }) => act),
    waiting,
  );
});

/** What only a hostile or a newer counterpart sends. */
async function strangeActs(): Promise<readonly Strange[]> {
  const officer = desks.officers.fr;
  const unknown = await signedEnvelope(officer, { type: 'leads/telepathy', dossier });
  const newer = await signedEnvelope(officer, { type: 'leads/note', dossier, trackVersion: 2, fields: {} });
  const track = await signedEnvelope(officer, { type: 'weather/report', dossier });
  const inputs = await signedEnvelope(officer, { type: 'leads/acknowledge', dossier, inputs: { extra: 1 } });
  const proper = await signedEnvelope(officer, { type: 'leads/note', dossier, fields: {} });
  const { signatures } = readEnvelope(proper.envelope);
  const malformed = ['not json', '{"v":1}', '{"note":"\\u0000","v":1}', ''].map((text) => ({
    envelope: writeEnvelope(Buffer.from(text), signatures),
    reason: 'malformed',
  }));
  return [
    { ...unknown, reason: 'type-unknown' },
    { ...newer, reason: 'type-unknown' },
    { ...track, reason: 'type-unknown' },
    { ...inputs, reason: 'inputs-malformed' },
    ...malformed,
    { ...proper, reason: null },
    { ...proper, reason: 'repeated' },
  ];
}

async function lateOf({ parts }: TestStation, dossier: DossierId): Promise<string | null> {
  const { rows } = await parts.database.query<{ late: string | null }>(
    `select encode(late, 'hex') as late from dossier where dossier = decode($1, 'hex')`,
    [dossier],
  );
  return rows[0]?.late ?? null;
}
