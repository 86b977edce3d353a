import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LogSize } from '@entente/protocol';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { channelsOf, exercise, parcelFrom, send } from '../support/exercise.fixtures.ts';
import { restart } from '../support/restore.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

/** Makes a station's commits of heads fail, or take a while. */
async function atCommit({ parts }: TestStation, what: string): Promise<() => Promise<unknown>> {
  await parts.database.query(`
    create function at_commit() returns trigger language plpgsql as $$ begin ${what} return null; end $$;
    create constraint trigger at_commit after insert on head deferrable initially deferred
      for each row execute function at_commit();`);
  return () => parts.database.query('drop trigger at_commit on head; drop function at_commit()');
}

test('what a failed commit took back was never cosigned, and is taken whole the next time', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 3);
  const { sealed } = await parcelFrom(fr, 0);
  const mend = await atCommit(ma, `raise exception 'the power went' using errcode = 'XX000';`);
  await assert.rejects(acceptParcel(ma.parts, ma.relation, sealed), /the power went/);
  const after = await readChannel(ma.parts.database, 1, fr.relation.own);
  assert.deepEqual([after.size, after.signed, after.cosigned], [0, undefined, undefined]);
  await mend();
  const { have, cosigned } = await acceptParcel(ma.parts, ma.relation, sealed);
  assert.deepEqual([have, cosigned.size], [3, 3]);
  assert.deepEqual((await channelsOf(ma))['fr'], (await channelsOf(fr))['fr']);
});

test('a full disk refuses a parcel whole, says when to come back, and takes it once there is room', async () => {
  const { fr, ma } = parties;
  await exercise(fr, 2);
  const { sealed } = await parcelFrom(fr, 3);
  const mend = await atCommit(ma, `raise exception 'no space left' using errcode = '53100';`);
  await assert.rejects(acceptParcel(ma.parts, ma.relation, sealed), (error: { code?: string; detail?: object }) => {
    assert.equal(error.code, 'store-full');
    assert.deepEqual(error.detail, { retryAfter: 60 });
    return true;
  });
  assert.equal((await readChannel(ma.parts.database, 1, fr.relation.own)).size, 3);
  await mend();
  assert.equal((await acceptParcel(ma.parts, ma.relation, sealed)).have, 5);
});

test('an entry has seen what was committed when it was appended, not what another process is still writing', async () => {
  const { fr, ma } = parties;
  const other = await restart(ma);
  await exercise(fr, 1);
  const { sealed } = await parcelFrom(fr, 5);
  await exercise(ma, 1);
  const mend = await atCommit(
    ma,
    `if new.channel = (select channel from channel where not own) then perform pg_sleep(1.5); end if;`,
  );
  const accepting = acceptParcel(ma.parts, ma.relation, sealed);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const released = await releaseParcel(other.parts, other.relation);
  assert.deepEqual(
    released?.entries.map(({ seen }) => seen),
    [5],
  );
  await accepting;
  await exercise(ma, 1);
  assert.deepEqual(
    (await releaseParcel(other.parts, other.relation))?.entries.map(({ seen }) => seen),
    [6],
  );
  await mend();
  await other.parts.database.end();
});

test('no head is signed before the high-water file has it on disk', async () => {
  const { fr } = parties;
  const blocked = join(fr.folder, 'blocked');
  await writeFile(blocked, 'not a folder');
  const parts = { ...fr.parts, highWater: new HighWater(blocked) };
  await exercise(fr, 1);
  const before = await readChannel(fr.parts.database, 1, fr.relation.own);
  await assert.rejects(makeParcel(parts, fr.relation, before.size));
  const after = await readChannel(fr.parts.database, 1, fr.relation.own);
  assert.equal(after.size, before.size + 1, 'appended and committed');
  assert.equal(after.signed?.size, before.signed?.size, 'and not signed');
  const mark = await fr.parts.highWater.read('fr/ma/1');
  assert.equal(mark?.size, before.signed?.size);
});

test('two processes that release to one channel at once never fork it', async () => {
  const { fr, ma } = parties;
  const other = await restart(fr);
  await exercise(fr, 40);
  const { size } = await readChannel(fr.parts.database, 1, fr.relation.own);
  await Promise.all(
    Array.from({ length: 8 }, (_, at) => {
      const { parts, relation } = at % 2 === 0 ? fr : other;
      return exercise(fr, 5).then(() => makeParcel(parts, relation, (size + at) as LogSize));
    }),
  );
  await send(fr, ma);
  assert.deepEqual((await channelsOf(ma))['fr'], (await channelsOf(other))['fr']);
  await other.parts.database.end();
});
