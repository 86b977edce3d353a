import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { releaseParcel } from '../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../packages/station/src/store/channels.ts';
import { urgencies } from '../packages/station/src/store/outbox.ts';
import { channelsOf, exercise } from './support/exercise.fixtures.ts';
import { link } from './support/linked.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from './support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

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
  const linked = await link(fr, ma);
  await until(async () => (await sizes(fr)) >= 4001 && (await sizes(ma)) >= 4001);
  await until(async () => JSON.stringify(await channelsOf(fr)) === JSON.stringify(swapped(await channelsOf(ma))));
  await linked.stop();
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
