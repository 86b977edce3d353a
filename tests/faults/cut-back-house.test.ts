import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { emptyRoot, type Frontier, leafHash, appendLeaves, emptyFrontier, rootOf, writeFrontier } from '@entente/c2sp';
import type { DoubleSigner } from '@entente/wire';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { examineHouse } from '../../packages/station/src/custody/doctor.ts';
import { goOnAfterLoss, houseSigner, signHouse } from '../../packages/station/src/custody/sign-house.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { readHouseHead, writeHouseLog } from '../../packages/station/src/store/house-log.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let fr: TestStation;
let signer: DoubleSigner;
before(async () => {
  parties = await twoParties();
  fr = parties.fr;
  signer = await houseSigner(fr.parts, new Keystore(join(fr.folder, 'keys'), fr.parts.crypto), fr.relation.own);
});
after(() => parties.close());

async function write(count: number, said: string): Promise<void> {
  const { database, crypto, clock } = fr.parts;
  for (let at = 0; at < count; at += 1) {
    const statement = { kind: 'administration', time: clock.now(), what: { said, at } } as const;
    await transact(database, (transaction) => writeHouseLog(transaction, crypto, statement));
  }
}

/** Cuts the log back to its first entries, as a hand with the database's password would: all in it agrees again. */
async function cutBack(size: number, note: string | null): Promise<void> {
  const { database, crypto } = fr.parts;
  const { rows } = await database.query<{ bytes: Buffer }>('select bytes from house_entry order by index limit $1', [
    size,
  ]);
  const leaves = rows.map(({ bytes }) => leafHash(crypto, bytes));
  const frontier: Frontier = appendLeaves(crypto, emptyFrontier, leaves).frontier;
  const root = size === 0 ? emptyRoot(crypto) : rootOf(crypto, frontier);
  await database.query('delete from house_subject where index >= $1', [size]);
  await database.query('delete from house_entry where index >= $1', [size]);
  await database.query('delete from house_node where (index + 1) * 256 ^ level > $1', [size]);
  await database.query('update house set size = $1, root = $2, frontier = $3, signed_note = $4', [
    size,
    root,
    writeFrontier(frontier),
    note,
  ]);
}

const alarms = async (): Promise<readonly string[]> =>
  (await listAlarms(fr.parts.database, 1, 10)).filter(({ kind }) => kind === 'house-cut-back').map(({ what }) => what);
const noteNow = async (): Promise<string | null> => (await readHouseHead(fr.parts.database)).note ?? null;

test('a house log that was cut back is not signed, and every relation is told once', async () => {
  await write(300, 'before');
  const first = await signHouse(fr.parts, signer);
  const early = await noteNow();
  await write(5, 'what somebody wants forgotten');
  assert.equal(await signHouse(fr.parts, signer), first + 5);
  await cutBack(first, early);
  for (let minute = 0; minute < 3; minute += 1) {
    await assert.rejects(signHouse(fr.parts, signer), { code: 'history-conflict' });
  }
  assert.equal(await noteNow(), early);
  const [alarm, ...more] = await alarms();
  assert.match(alarm ?? '', new RegExp(`no longer makes its head of size ${first + 5}`));
  assert.deepEqual(more, []);
  assert.equal((await examineHouse(fr.parts, fr.relation.own)).state, 'unwell');
});

test('nor once it has grown beyond the head that was signed', async () => {
  await write(9, 'something else');
  await assert.rejects(signHouse(fr.parts, signer), { code: 'history-conflict' });
});

test('it goes on by an order that stands in it, with what was lost', async () => {
  const { size } = await goOnAfterLoss(fr.parts, fr.relation.own, 'A. Martin');
  const now = await signHouse(fr.parts, signer);
  assert.ok(now > size);
  const { rows } = await fr.parts.database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'restore' order by index desc limit 1`,
  );
  assert.match(rows[0]?.text ?? '', /A\. Martin.*"lost":\{"root":"[0-9a-f]{64}","size":305\}/);
  assert.equal((await examineHouse(fr.parts, fr.relation.own)).state, 'well');
  await assert.rejects(goOnAfterLoss(fr.parts, fr.relation.own, 'A. Martin'), { code: 'usage' });
});

test('entries gone from the middle, and a signed head that the high-water file has forgotten, are noticed as well', async () => {
  const { size } = await readHouseHead(fr.parts.database);
  const note = await noteNow();
  await fr.parts.highWater.setAside('fr/house', fr.parts.clock.now());
  await cutBack(size - 2, note);
  await assert.rejects(signHouse(fr.parts, signer), { code: 'history-conflict' });
  await goOnAfterLoss(fr.parts, fr.relation.own, 'A. Martin');
  await signHouse(fr.parts, signer);
  await write(2, 'more');
  await fr.parts.database.query('delete from house_entry where index = $1', [size]);
  await assert.rejects(signHouse(fr.parts, signer), { code: 'history-conflict' });
});
