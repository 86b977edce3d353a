import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { loadRelation } from '../../packages/station/src/custody/load-relation.ts';
import { sayByRoot } from '../../packages/station/src/release/root-act.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { listRelations } from '../../packages/station/src/store/relations.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { exercise, parcelFrom, send } from '../support/exercise.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

/** The same station again, as another of its processes holds it. */
async function otherProcess(station: TestStation): Promise<TestStation> {
  const { database } = station.parts;
  const [record] = await listRelations(database);
  assert.ok(record !== undefined);
  const [one, other] = station.relation.keysets;
  assert.ok(one !== undefined && other !== undefined);
  const terms = station.relation.authority.accord(station.relation.own).accord.parties;
  const roots = terms.map(({ root }) =>
    nodeCrypto.sha256Hex(Buffer.concat([Buffer.from(root.ed25519, 'base64'), Buffer.from(root.mldsa44, 'base64')])),
  );
  const keystore = new Keystore(join(station.folder, 'keys'), nodeCrypto);
  const [first, second] = roots;
  assert.ok(first !== undefined && second !== undefined);
  return { ...station, relation: await loadRelation(database, nodeCrypto, keystore, record, [first, second]) };
}

async function keysetInForce({ parts, relation, root, spare, folder }: TestStation): Promise<void> {
  await new Keystore(join(folder, 'keys'), nodeCrypto).writeRelation('fr-ma', spare.keys);
  await acceptNotice(parts, relation, spare.signed);
  const { payload } = JSON.parse(Buffer.from(spare.signed).toString()) as { payload: string };
  await sayByRoot(parts, relation, seedsOf(root.present), {
    type: 'relation/keyset',
    inputs: { keyset: nodeCrypto.sha256Hex(Buffer.from(payload, 'base64')), number: 2 },
    fields: { keyset: spare.signed.toBase64() },
  });
}

const verdictsOf = async ({ parts }: TestStation, of: TestStation): Promise<readonly (string | undefined)[]> => {
  const channel = await readChannel(parts.database, 1, of.relation.own);
  return (await readEntries(parts.database, channel, 0 as never, channel.size)).map(({ verdict }) => verdict);
};

test('a process that was not told of a keyset judges by it all the same, once another of its station was', async () => {
  const { fr, ma } = parties;
  const second = await otherProcess(fr);
  await keysetInForce(ma);
  await acceptNotice(fr.parts, fr.relation, ma.spare.signed);
  await exercise(ma, 2);
  await send(ma, second);
  assert.deepEqual([...new Set(await verdictsOf(fr, ma))], [undefined]);
});

test('acts after a keyset that nobody has brought are awaited with it, and not noted for good', async () => {
  const { fr, ma } = parties;
  const old = ma.relation.log;
  await keysetInForce(ma);
  await exercise(ma, 2);
  await releaseParcel(ma.parts, ma.relation);
  // Its heads are still signed with the log keys that we know.
  Object.assign(ma.relation, { log: old });
  await ma.parts.database.query('update channel set signed_size = 0, signed_note = null where own');
  const { sealed } = await parcelFrom(ma, 0);
  await assert.rejects(acceptParcel(fr.parts, fr.relation, sealed), (error) => {
    return error instanceof Refusal && error.code === 'key-unknown';
  });
  assert.deepEqual(await verdictsOf(fr, ma), []);
});
