import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierId, LogSize } from '@entente/protocol';
import { acceptParcel } from '../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../packages/station/src/exchange/make-parcel.ts';
import { acceptCosigned } from '../packages/station/src/custody/accept-cosigned.ts';
import { writeStationActs } from '../packages/station/src/release/station-acts.ts';
import { readChannel } from '../packages/station/src/store/channels.ts';
import { transact } from '../packages/station/src/store/database.ts';
import { readEntries } from '../packages/station/src/store/entries.ts';
import { putIntoOutbox } from '../packages/station/src/store/outbox.ts';
import { type TestStation, twoParties, type TwoParties } from './support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

test('acts released by one station stand in the other, receipted and cosigned, in the same order', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 3);
  const parcel = await makeParcel(fr.parts, fr.relation, 0 as LogSize);
  assert.ok(parcel !== undefined);
  const accepted = await acceptParcel(ma.parts, ma.relation, parcel.sealed);
  assert.equal(accepted.have, 3);
  assert.equal(accepted.fresh, 3);
  assert.equal(await acceptCosigned(fr.parts, fr.relation, accepted.cosigned.note), 3);
  const sent = await readEntries(
    fr.parts.database,
    await readChannel(fr.parts.database, 1, fr.relation.own),
    0 as LogSize,
    3 as LogSize,
  );
  const held = await readEntries(
    ma.parts.database,
    await readChannel(ma.parts.database, 1, fr.relation.own),
    0 as LogSize,
    3 as LogSize,
  );
  assert.deepEqual(held, sent);
  assert.deepEqual(
    held.map(({ verdict }) => verdict),
    [undefined, undefined, undefined],
  );
  const again = await acceptParcel(ma.parts, ma.relation, parcel.sealed);
  assert.deepEqual([again.have, again.fresh], [3, 0]);
  const receipt = await makeParcel(ma.parts, ma.relation, 0 as LogSize);
  assert.ok(receipt !== undefined);
  assert.equal((await acceptParcel(fr.parts, fr.relation, receipt.sealed)).fresh, 1);
  assert.equal(await makeParcel(fr.parts, fr.relation, 3 as LogSize), undefined, 'heads acts are not answered');
});

async function exercise({ parts, relation }: TestStation, count: number): Promise<void> {
  const statements = Array.from({ length: count }, (_, at) => ({
    type: 'relation/exercise',
    inputs: {},
    dossier: parts.crypto.randomBytes(16).toHex() as DossierId,
    fields: { filler: `exercise ${at}` },
  }));
  await transact(parts.database, async (transaction) =>
    putIntoOutbox(transaction, relation.number, await writeStationActs(parts, relation, transaction, statements)),
  );
}
