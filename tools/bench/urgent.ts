import { type Bench, percentile } from './bench.ts';
import { atMost } from './figure.ts';

/** One urgent act alone on a link that is idle: from the officer's signed act to the author holding its receipt. */
export const urgent: Bench = {
  name: 'urgent',
  async run({ fr }, quick) {
    const runs = quick ? 40 : 200;
    await fr.station.ask('urgent', 10);
    const times = await fr.station.ask<readonly number[]>('urgent', runs);
    return [
      atMost({ name: 'urgent, half within', value: percentile(times, 0.5), unit: 'ms', n: runs }, 60),
      atMost({ name: 'urgent, 99 of 100 within', value: percentile(times, 0.99), unit: 'ms', n: runs }, 150),
    ];
  },
};
