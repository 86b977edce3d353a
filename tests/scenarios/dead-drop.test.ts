import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { deadDropFolder } from '../../packages/station/src/adapters/dead-drop-folder.ts';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { rotateSealing } from '../../packages/station/src/custody/rotate-sealing.ts';
import type { DropVisit } from '../../packages/station/src/exchange/link/exchange-by-drop.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { awaitingPrefix } from '../../packages/station/src/store/express.ts';
import { visitor } from '../support/drop-visits.fixtures.ts';
import { channelsOf, exercise } from '../support/exercise.fixtures.ts';
import { authorise, enrol, level, newDossier } from '../support/says.fixtures.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let folder: string;
let visitFr: () => Promise<DropVisit>;
let visitMa: () => Promise<DropVisit>;
beforeEach(async () => {
  parties = await twoParties();
  const { fr, ma } = parties;
  folder = join(fr.folder, 'drop');
  await mkdir(folder, { recursive: true });
  [visitFr, visitMa] = [visitor(fr, deadDropFolder(folder)), visitor(ma, deadDropFolder(folder))];
});
afterEach(() => parties.close());

test('what lies in a drop and cannot be opened any more is sealed anew once the counterpart asks for it', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 3);
  await visitFr();
  const keystore = new Keystore(join(ma.folder, 'keys'), nodeCrypto);
  const { number } = await rotateSealing(ma.parts, ma.relation, keystore);
  await keystore.destroySealing(ma.relation.name, number - 1);
  await ma.relation.reloadSealing();
  const { refused } = await visitMa();
  assert.deepEqual(
    refused.map(({ code }) => code),
    ['seal-unopenable'],
  );
  await visitFr();
  assert.deepEqual((await visitMa()).refused, []);
  await visitFr();
  await visitMa();
  assert.deepEqual(await channelsOf(fr), await channelsOf(ma));
});

test('over a drop a threat to life goes ahead of what a quota refuses, once, and is removed when it was receipted', async () => {
  const { fr, ma } = parties;
  const officer = await enrol(fr);
  await level(fr, ma);
  const day = Math.floor(ma.parts.clock.now() / 86_400_000);
  await ma.parts.database.query(
    'insert into quota_use values (1, $1, 5000000, 0, 0) on conflict (relation, day) do update set acts = 5000000',
    [day],
  );
  await exercise(fr, 3);
  const dossier = newDossier(fr);
  const threat = await authorise(officer, { ...threatToLife, dossier });
  await fr.parts.database.query(`update outbox set urgency = 100 where dossier = decode($1, 'hex')`, [dossier]);
  await visitFr();
  assert.deepEqual(await expressFiles(), [threat]);
  const { refused } = await visitMa();
  assert.deepEqual(
    refused.map(({ code }) => code),
    ['quota-exceeded'],
  );
  const channel = await readChannel(ma.parts.database, 1, fr.relation.own);
  assert.deepEqual(
    (await awaitingPrefix(ma.parts.database, channel)).map(({ act }) => act.toHex()),
    [threat],
  );
  assert.equal((await visitMa()).taken, 0, 'what is here already is passed over');
  await ma.parts.database.query('update quota_use set acts = 0');
  await visitMa();
  await visitFr();
  await visitMa();
  await visitFr();
  assert.deepEqual((await expressFiles()).includes(threat), false);
  assert.equal(
    (await readChannel(ma.parts.database, 1, fr.relation.own)).size,
    (await readChannel(fr.parts.database, 1, fr.relation.own)).size,
  );
});

async function expressFiles(): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.express.age'));
  return names.map((name) => name.slice(33, 97));
}

const threatToLife = {
  type: 'leads/threat-to-life',
  floor: true,
  inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
  fields: {},
} as const;
