import type { Authors } from './fill-outbox.ts';
import type { TwoStations } from './two-stations.ts';

/** Fills the sender's outbox, lets it go, and waits for the cosigned head of the last act. @returns acts a second */
export async function pass({ fr }: TwoStations, authors: Authors, count: number): Promise<number> {
  const { seconds } = await fr.station.ask<{ seconds: number }>('pass', { authors, count });
  return count / seconds;
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
