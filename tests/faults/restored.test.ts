import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { openStation } from '../../packages/station/src/cli/open-station.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { Chance } from '../../tools/torture/chance.ts';
import { differences, quiet } from '../../tools/torture/compare.ts';
import { entente } from '../../tools/torture/entente.ts';
import { foundStations, parties } from '../../tools/torture/found-stations.ts';
import { Speaker } from '../../tools/torture/speaker.ts';
import { withDatabases } from '../../tools/torture/both.ts';
import { StationProcess } from '../../tools/torture/station-process.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';

const closing: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closing.toReversed()) await close();
});

test(
  'a station restored from yesterday’s backup appends nothing until it has fetched back what it had said since',
  { timeout: 150_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'entente-restored-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const founded = await foundStations(folder);
    const [fr, ma] = [new StationProcess(founded.fr), new StationProcess(founded.ma)];
    for (const station of [fr, ma]) {
      closing.push(async () => {
        await station.remove();
        if (station.dataFolder !== undefined) await rm(station.dataFolder, { recursive: true, force: true });
      });
    }
    await Promise.all([fr.start(), ma.start()]);
    const speakers = { fr: new Speaker(fr, new Chance(1)), ma: new Speaker(ma, new Chance(2)) };
    closing.push(() => Promise.all(parties.map((party) => speakers[party].close())));
    for (const party of parties) await speakers[party].enrol();
    await Promise.all([speakers.fr.say('exercise', 40), speakers.ma.say('exercise', 40)]);
    await withDatabases({ fr, ma }, (databases) => quiet(databases, 30_000));
    const file = join(folder, 'yesterday.age');
    await entente('backup', file, '--home', founded.fr.home.folder);
    await Promise.all([speakers.fr.say('exercise', 60), speakers.fr.say('lead', 3), speakers.ma.say('exercise', 25)]);
    await withDatabases({ fr, ma }, (databases) => quiet(databases, 30_000));

    for (const party of parties) await speakers[party].close();
    await Promise.all([fr.stop(), ma.stop()]);
    if (fr.dataFolder !== undefined) await rm(fr.dataFolder, { recursive: true, force: true });
    await rm(founded.fr.home.path('database'), { recursive: true, force: true });
    await entente('restore', file, '--home', founded.fr.home.folder);
    await fr.start();
    const running = await fr.running();
    const open = await openStation(founded.fr.home, running?.database);
    const [relation] = open.relations;
    assert.ok(relation !== undefined);
    const size = async (): Promise<number> =>
      (await readChannel(open.parts.database, relation.number, relation.own)).size;
    const restored = await size();
    await speakers.fr.say('exercise', 5);
    await assert.rejects(
      releaseParcel(open.parts, relation),
      (error) => error instanceof Refusal && error.code === 'not-caught-up',
    );
    assert.equal(await size(), restored, 'nothing is appended');
    await ma.start();
    await waitUntil(
      'it has caught up and goes on',
      60_000,
      async () =>
        (await readChannel(open.parts.database, relation.number, relation.own)).stopped === undefined &&
        (await size()) > restored,
    );
    await open.close();
    const wrong = await withDatabases({ fr, ma }, async (databases) => {
      await quiet(databases, 40_000);
      return differences(databases, { fr: speakers.fr.spoken, ma: speakers.ma.spoken });
    });
    assert.deepEqual(
      wrong.filter((words) => !words.startsWith('fr raised an alarm: not-caught-up')),
      [],
    );
    await Promise.all([speakers.fr.close(), speakers.ma.close()]);
    await Promise.all([fr.stop(), ma.stop()]);
    assert.deepEqual([...fr.faults, ...ma.faults], []);
  },
);
