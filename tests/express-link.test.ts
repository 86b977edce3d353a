import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isPinned, tlsIdentity } from '../packages/station/src/adapters/tls-certificate.ts';
import { counterpartHandlers } from '../packages/station/src/exchange/counterpart-handlers.ts';
import { PeerClient } from '../packages/station/src/exchange/link/peer-client.ts';
import { startPeerServer } from '../packages/station/src/exchange/link/peer-server.ts';
import { logHandlers } from '../packages/station/src/exchange/log-handlers.ts';
import { RelationExchange } from '../packages/station/src/exchange/relation-exchange.ts';
import { Wakeable } from '../packages/station/src/exchange/wakeable.ts';
import { releaseParcel } from '../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../packages/station/src/store/channels.ts';
import { urgencies } from '../packages/station/src/store/outbox.ts';
import { channelsOf, exercise } from './support/exercise.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from './support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

const noFiles = {
  readOffset: () => Promise.reject(new Error('no file is sent here')),
  append: () => Promise.reject(new Error('no file is sent here')),
  read: () => Promise.reject(new Error('no file is sent here')),
};

test('over a real link an urgent act is answered before the bulk in front of it, in either direction, and the rest comes in order', async () => {
  const { fr, ma } = parties;
  for (const station of [fr, ma]) {
    // The link hears the other's real clock.
    station.parts.clock.advance(Date.now() - station.parts.clock.now());
    for (let parcel = 0; parcel < 4; parcel += 1) {
      await exercise(station, 1000);
      await releaseParcel(station.parts, station.relation);
    }
    await exercise(station, 1, urgencies.urgent);
  }
  const woken = new Wakeable();
  const { parts, relation } = ma;
  const handlers = counterpartHandlers(parts, relation, woken, noFiles, logHandlers(parts, relation));
  const server = await startPeerServer({
    host: '127.0.0.1',
    port: 0,
    identity: await tlsIdentity(relation.own, relation.keys.tls.secretSeed),
    findPeer: (shown) =>
      isPinned(relation.theirKeyset.keys.tls, shown)
        ? { kind: 'counterpart', relation: relation.name, handlers }
        : undefined,
    now: () => performance.now(),
    onDefect: (error) => console.error(error),
  });
  const client = new PeerClient({
    address: `https://127.0.0.1:${server.port}`,
    identity: await tlsIdentity(fr.relation.own, fr.relation.keys.tls.secretSeed),
    counterpart: fr.relation.theirKeyset.keys.tls,
  });
  const exchange = new RelationExchange(fr.parts, fr.relation, {
    client,
    woken: new Wakeable(),
    fetches: true,
    moveAttachments: () => Promise.resolve(false),
    chance: () => 0,
    onState: () => {},
    onDefect: (error) => console.error(error),
  });
  exchange.start();
  await until(async () => (await sizes(fr)) >= 4001 && (await sizes(ma)) >= 4001);
  await until(async () => JSON.stringify(await channelsOf(fr)) === JSON.stringify(swapped(await channelsOf(ma))));
  await exchange.stop();
  await server.stop();
  for (const station of [fr, ma]) {
    const { rows } = await station.parts.database.query<{ answered: boolean; early: boolean }>(
      `select exists (select from express x where x.index = 4000) as answered,
              (select min(index) from entry e join channel c using (channel) where c.own and e.index > 4000) < 4003 as early`,
    );
    assert.deepEqual(rows, [{ answered: true, early: true }]);
  }
});

async function sizes({ parts, relation }: TestStation): Promise<number> {
  return (await readChannel(parts.database, 1, relation.counterpart)).size;
}

function swapped(channels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(channels).toReversed());
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it never came to hold');
}
