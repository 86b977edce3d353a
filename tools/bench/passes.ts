import type { Authors } from './fill-outbox.ts';
import { processorTime } from './processor-time.ts';
import type { TwoStations } from './two-stations.ts';

/** What came of exchanging so many acts. */
export interface Passed {
  /** Acts a second, from the first that may be released to the receipt of the last. */
  readonly rate: number;
  /** Of both processes and both their servers, folding included, in microseconds an act. */
  readonly processorTime: number;
}

/** Fills the sender's outbox, lets it go, and waits for the cosigned head of the last act, then for both to have folded. */
export async function pass(stations: TwoStations, authors: Authors, count: number): Promise<Passed> {
  const { fr, ma } = stations;
  const processes = [fr, ma].flatMap(({ station, postgres }) => [station.processId, postgres.processId]);
  await fr.station.ask('fill', { authors, count });
  await untilFolded(stations);
  const before = await processorTime(processes);
  const seconds = await fr.station.ask<number>('release');
  await untilFolded(stations);
  return { rate: count / seconds, processorTime: ((await processorTime(processes)) - before) / count };
}

async function untilFolded({ fr, ma }: TwoStations): Promise<void> {
  for (const { database } of [fr, ma]) {
    for (;;) {
      const { rows } = await database.query<{ left: number }>(
        `select sum(size) - (select sum(own_size + their_size) from relation_digest) as left from channel`,
      );
      if (Number(rows[0]?.left) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** How many acts the sender's channel has. */
export async function channelSize({ fr }: TwoStations): Promise<number> {
  const { rows } = await fr.database.query<{ size: number }>('select size from channel where own');
  return rows[0]?.size ?? 0;
}

/** Makes the channel at least so long, by exchanging. */
export async function fillTo(stations: TwoStations, size: number): Promise<number> {
  for (let missing = size - (await channelSize(stations)); missing > 0; missing -= 50_000) {
    await pass(stations, { kind: 'station' }, Math.min(50_000, missing));
  }
  return channelSize(stations);
}
