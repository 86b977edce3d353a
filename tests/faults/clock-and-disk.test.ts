import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import type { Blobs } from '../../packages/station/src/adapters/blobs.ts';
import { storeAttachment } from '../../packages/station/src/custody/attachments/store-attachment.ts';
import { prepareActs } from '../../packages/station/src/release/prepare-acts.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { readAttachment } from '../../packages/station/src/store/attachments.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { authorise, enrol, request, wantedAct } from '../support/officers.fixtures.ts';
import { type Pair, type Running, runningPair, sizeAt } from './running-pair.fixtures.ts';

let full = false;
let pair: Pair;
before(async () => {
  pair = await runningPair({ road: 'both-dial', blobs: fillable });
  await Promise.all([pair.fr.start(), pair.ma.start()]);
});
after(() => pair.close());
afterEach(() => assert.deepEqual([pair.fr.defects, pair.ma.defects], [[], []], 'no defect of its own'));
const limit = { timeout: 50_000 };
const day = 86_400_000;

for (const [way, offset] of [
  ['ahead', day],
  ['back', -day],
] as const) {
  test(
    `a clock that jumps a day ${way} stops release with an alarm, loses nothing, and goes on when it is set right`,
    limit,
    async () => {
      const { fr, ma } = pair;
      await Promise.all([fr.say(5), ma.say(5)]);
      assert.deepEqual(await pair.compare(), []);
      ma.clock.offset = offset;
      await Promise.all([fr.say(5), ma.say(5)]);
      await ma.stop();
      await ma.start();
      const before = await sizeAt(ma, ma.relation.own);
      await waitUntil('the alarm is raised', 20_000, async () => (await alarmsOf(ma)).includes('clock-off'));
      await assert.rejects(
        releaseParcel(ma.parts, ma.relation),
        (error) => error instanceof Refusal && error.code === 'clock-off',
      );
      assert.equal(await sizeAt(ma, ma.relation.own), before, 'nothing was released by a wrong clock');
      // What comes is taken in all the same.
      await waitUntil(
        'acts go on coming in',
        20_000,
        async () => (await sizeAt(ma, fr.relation.own)) >= (await sizeAt(fr, fr.relation.own)),
      );
      ma.clock.offset = 0;
      await ma.stop();
      await ma.start();
      await ma.parts.database.query('delete from alarm');
      assert.deepEqual(await pair.compare(), []);
    },
  );
}

test(
  'a disk without room for a file refuses the file alone: acts go on, and it comes when there is room',
  limit,
  async () => {
    const { fr, ma } = pair;
    full = true;
    const bytes = randomBytes(300_000);
    const file = await storeAttachment(fr.custody, 1, fr.relation.sealTo(), once(bytes), bytes.length);
    const officer = { ...(await enrol(fr, 'o-fr')), function: 'duty-officer' };
    const lead = wantedAct(request);
    const attachment = { name: 'plan.pdf', mediaType: 'application/pdf', size: file.size, sha256: file.sha256 };
    const author = { officer: 1, function: 'duty-officer', pseudonym: 'o-fr' };
    const prepared = await prepareActs(fr.parts, fr.relation, author, [
      { ...lead, content: { ...lead.content, attachments: [attachment] } },
    ]);
    await authorise([officer], prepared);
    fr.noteSaid(
      'with a file',
      prepared.map(({ act }) => act),
    );
    await Promise.all([fr.say(30), ma.say(30)]);
    assert.deepEqual(await pair.compare(), []);
    const key = { relation: 1, own: false, sealedSha256: file.sealedSha256 };
    assert.equal((await readAttachment(ma.parts.database, key))?.state, 'awaited');
    full = false;
    await waitUntil('the file has come', 40_000, async () => {
      await tellRelease(fr.parts.database, 1);
      return (await readAttachment(ma.parts.database, key))?.state === 'present';
    });
  },
);

test(
  'a database without room refuses parcels with store-full, cosigns nothing it could not keep, and takes them when there is room',
  limit,
  async () => {
    const { fr, ma } = pair;
    const before = await sizeAt(ma, fr.relation.own);
    // As PostgreSQL says it (53100) at the moment a row would need another page.
    await ma.parts.database.query(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception using errcode = 'disk_full', message = 'could not extend file'; end $$`);
    await ma.parts.database.query(
      'create trigger no_room before insert on entry for each row execute function no_room()',
    );
    await fr.say(20);
    await waitUntil('the refusal is heard', 20_000, async () => (await refusalOf(fr)) !== undefined);
    assert.equal(await sizeAt(ma, fr.relation.own), before);
    const { rows } = await fr.parts.database.query<{ cosigned: number }>(
      'select cosigned_size as cosigned from channel where own',
    );
    assert.equal(rows[0]?.cosigned, before, 'no receipt for what is not kept');
    await ma.parts.database.query('drop trigger no_room on entry');
    await tellRelease(fr.parts.database, 1);
    assert.deepEqual(await pair.compare(), []);
  },
);

/** A folder that has no room while the test says so: the one double here, for a fault. */
function fillable(blobs: Blobs): Blobs {
  return {
    ...blobs,
    keep: async (name, file) => {
      if (full) throw new Refusal('store-full', { retryAfter: 1 });
      await blobs.keep(name, file);
    },
    find: (name) => blobs.find(name),
    remove: (name) => blobs.remove(name),
  };
}

async function alarmsOf({ parts }: Running): Promise<readonly string[]> {
  const { rows } = await parts.database.query<{ kind: string }>('select kind from alarm');
  return rows.map(({ kind }) => kind);
}

async function refusalOf(running: Running): Promise<string | undefined> {
  const link = running.link();
  return link?.lastError === 'store-full' ? link.lastError : undefined;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
