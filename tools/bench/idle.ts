import { type Bench, percentile } from './bench.ts';
import { atMost } from './figure.ts';
import { fillTo } from './passes.ts';

/** "Anything new?" between two stations, when the channel is long. */
export const idle: Bench = {
  name: 'idle',
  async run(stations, quick) {
    const size = await fillTo(stations, quick ? 10_000 : 1_000_000);
    const times = await stations.fr.station.ask<readonly number[]>('askHeads', 200);
    return [
      atMost({ name: `idle, half within, at ${size} acts`, value: percentile(times, 0.5), unit: 'ms', n: 200 }, 10),
      atMost(
        { name: `idle, 99 of 100 within, at ${size} acts`, value: percentile(times, 0.99), unit: 'ms', n: 200 },
        10,
      ),
    ];
  },
};
