import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type LogSize, Refusal } from '@entente/protocol';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import type { Faults } from '../../packages/station/src/exchange/link/cutting-proxy.fixtures.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { type Pair, runningPair, sizeAt } from './running-pair.fixtures.ts';

let pair: Pair;
before(async () => {
  pair = await runningPair({ road: 'both-dial' });
  await Promise.all([pair.fr.start(), pair.ma.start()]);
});
after(() => pair.close());
afterEach(() => assert.deepEqual([pair.fr.defects, pair.ma.defects], [[], []], 'no defect of its own'));

const limit = { timeout: 50_000 };

/** Both say something over a road that suffers on its next connections, then heals. */
async function over(faultsOf: (connection: number) => Faults, connections: number): Promise<void> {
  const { fr, ma } = pair;
  const goal = [fr.proxy.connections() + connections, ma.proxy.connections() + connections];
  for (const { proxy } of [fr, ma]) {
    proxy.suffer(faultsOf);
    proxy.cutAll();
  }
  await Promise.all([fr.say(400), ma.say(300)]);
  await waitUntil(
    'the road was hurt so often',
    25_000,
    () => fr.proxy.connections() >= (goal[0] ?? 0) && ma.proxy.connections() >= (goal[1] ?? 0),
  );
  fr.proxy.heal();
  ma.proxy.heal();
  for (const { proxy } of [fr, ma]) proxy.cutAll();
  assert.deepEqual(await pair.compare(), []);
}

test('a link that is cut at any byte, each time at another, loses nothing', limit, () =>
  over(
    (connection) => ({
      up: { cutAfter: 900 + ((connection * 7919) % 90_000) },
      down: { cutAfter: 1200 + ((connection * 104_729) % 9000) },
    }),
    6,
  ),
);

test('bytes that are turned over on their way are noticed, and what they carried is sent again', limit, () =>
  over(
    (connection) => ({
      up: { corruptAt: 2500 + ((connection * 7919) % 60_000) },
      down: { corruptAt: 3000 + ((connection * 104_729) % 1500) },
    }),
    4,
  ),
);

test('bytes that come twice are noticed, and nothing stands twice', limit, () =>
  over(
    (connection) => ({
      up: { duplicate: { at: 2500 + ((connection * 7919) % 60_000), length: 700 } },
      down: { duplicate: { at: 3000, length: 50 } },
    }),
    4,
  ),
);

test('a slow link carries everything, in order', limit, async () => {
  const { fr, ma } = pair;
  for (const { proxy } of [fr, ma]) {
    proxy.suffer(() => ({ up: { bytesPerSecond: 400_000 }, down: { bytesPerSecond: 400_000 } }));
    proxy.cutAll();
  }
  await Promise.all([fr.say(1200), ma.say(50)]);
  assert.deepEqual(await pair.compare(), []);
  for (const { proxy } of [fr, ma]) proxy.heal();
});

test('a link that is down holds acts, and lets them go in order when it is up again', limit, async () => {
  const { fr, ma } = pair;
  for (const { proxy } of [fr, ma]) proxy.goDown();
  const before = await sizeAt(ma, fr.relation.own);
  await fr.say(100);
  await fr.say(5, 50);
  await ma.say(100);
  assert.equal(await sizeAt(ma, fr.relation.own), before);
  for (const { proxy } of [fr, ma]) proxy.heal();
  assert.deepEqual(await pair.compare(), []);
});

test('parcels that come reordered, twice and late leave both sides with the same channel', limit, async () => {
  const { fr, ma } = pair;
  await Promise.all([fr.stop(), ma.stop()]);
  const parcels: Uint8Array[] = [];
  for (let piece = 0; piece < 6; piece++) {
    await fr.say(40);
    const parcel = await makeParcel(fr.parts, fr.relation, (await sizeAt(fr, fr.relation.own)) as LogSize);
    assert.ok(parcel !== undefined);
    parcels.push(parcel.sealed);
  }
  const taken = async (at: number): Promise<string> => {
    const sealed = parcels[at];
    assert.ok(sealed !== undefined);
    return acceptParcel(ma.parts, ma.relation, sealed).then(
      ({ fresh }) => `${fresh} fresh`,
      (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
    );
  };
  const order = [3, 0, 0, 2, 1, 5, 2, 3, 1, 4, 3, 5, 0, 5];
  const answers: string[] = [];
  for (const at of order) answers.push(await taken(at));
  const [gap, fresh, none] = ['gap', '40 fresh', '0 fresh'];
  assert.deepEqual(answers, [gap, fresh, none, gap, fresh, gap, fresh, fresh, none, fresh, none, fresh, none, none]);
  await Promise.all([fr.start(), ma.start()]);
  assert.deepEqual(await pair.compare(), []);
});
