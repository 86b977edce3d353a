import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierId, LogSize } from '@entente/protocol';
import { acceptExpress } from '../packages/station/src/exchange/accept-express.ts';
import { acceptParcel } from '../packages/station/src/exchange/accept-parcel.ts';
import { dueExpress, makeExpress } from '../packages/station/src/exchange/make-express.ts';
import { makeParcel } from '../packages/station/src/exchange/make-parcel.ts';
import { releaseParcel } from '../packages/station/src/release/release-parcel.ts';
import { writeStationActs } from '../packages/station/src/release/station-acts.ts';
import { readChannel } from '../packages/station/src/store/channels.ts';
import { transact } from '../packages/station/src/store/database.ts';
import { awaitingPrefix } from '../packages/station/src/store/express.ts';
import { putIntoOutbox, urgencies } from '../packages/station/src/store/outbox.ts';
import { type TestStation, twoParties, type TwoParties } from './support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

test('an urgent act behind two unsent parcels goes ahead, is answered, and agrees with its prefix when that has come', async () => {
  const { fr, ma } = parties;
  await say(fr, 1000, urgencies.ordinary);
  await releaseParcel(fr.parts, fr.relation);
  await say(fr, 1000, urgencies.ordinary);
  await releaseParcel(fr.parts, fr.relation);
  await say(fr, 1, urgencies.urgent);
  const [index, ...rest] = await dueExpress(fr.parts, fr.relation, 0 as LogSize);
  assert.deepEqual([index, rest], [2000, []]);
  const sealed = await makeExpress(fr.parts, fr.relation, 2000 as LogSize);
  const answer = await acceptExpress(ma.parts, ma.relation, sealed);
  const again = await acceptExpress(ma.parts, ma.relation, sealed);
  assert.equal((await readChannel(ma.parts.database, 1, ma.relation.own)).size, 1, 'one receipt for one act');
  await acceptExpress(fr.parts, fr.relation, answer);
  await acceptExpress(fr.parts, fr.relation, again);
  assert.deepEqual(await dueExpress(fr.parts, fr.relation, 0 as LogSize), [], 'answered: not sent again');
  const theirs = await readChannel(ma.parts.database, 1, fr.relation.own);
  assert.equal((await awaitingPrefix(ma.parts.database, theirs)).length, 1);
  for (let have = 0; have < 2001;) {
    const parcel = await makeParcel(fr.parts, fr.relation, have as LogSize);
    assert.ok(parcel !== undefined);
    have = (await acceptParcel(ma.parts, ma.relation, parcel.sealed)).have;
  }
  assert.equal((await awaitingPrefix(ma.parts.database, theirs)).length, 0);
  assert.equal((await readChannel(ma.parts.database, 1, fr.relation.own)).stopped, undefined);
});

async function say({ parts, relation }: TestStation, count: number, urgency: number): Promise<void> {
  const statements = Array.from({ length: count }, (_, at) => ({
    type: 'relation/exercise',
    inputs: {},
    urgency,
    dossier: parts.crypto.randomBytes(16).toHex() as DossierId,
    fields: { filler: `exercise ${at}` },
  }));
  await transact(parts.database, async (transaction) =>
    putIntoOutbox(transaction, relation.number, await writeStationActs(parts, relation, transaction, statements)),
  );
}
