import { startBarePipeline } from './bare-pipeline.ts';
import type { Bench } from './bench.ts';
import { atLeast, atMost, besides, type Figure } from './figure.ts';
import type { Authors } from './fill-outbox.ts';
import { channelSize, fillTo, pass } from './passes.ts';
import type { BenchStation, TwoStations } from './two-stations.ts';

const byStation: Authors = { kind: 'station' };
const wantedRate = 6000;
const parcel = 1000;

/** Sustained exchange, release to receipt, beside a bare pipeline of the same steps; then again when the channel is long. */
export const exchange: Bench = {
  name: 'exchange',
  async run(stations, quick) {
    const n = quick ? 5000 : 20_000;
    const bare = await startBarePipeline(stations);
    const figures: Figure[] = [];
    try {
      await pass(stations, byStation, 3000);
      await bare.run(3, parcel);
      // By turns, so that whatever else the machine does weighs on both alike.
      const rates: number[] = [];
      const rivals: number[] = [];
      for (let turn = 0; turn < 3; turn++) {
        rates.push(await pass(stations, byStation, n));
        rivals.push(await bare.run(n / parcel, parcel));
      }
      const rate = middle(rates);
      const of = { unit: 'acts/s', n: 3 * n };
      figures.push(atLeast({ name: 'exchange, no assertion', value: rate, ...of }, wantedRate));
      const rival = { name: 'bare pipeline', value: middle(rivals) };
      figures.push(besides({ name: 'exchange, of the bare pipeline', value: rate, ...of }, rival, 0.4));
      for (const actsPerApproval of [100, 1]) {
        const value = await pass(stations, { kind: 'officer', actsPerApproval }, quick ? 1000 : n);
        const name = `exchange, ${1 / actsPerApproval} assertions an act`;
        figures.push(besides({ name, value, unit: 'acts/s', n: quick ? 1000 : n }, rival, 0));
      }
      if (!quick) figures.push(await whenLong(stations, rate));
      figures.push(
        ...(await memory(stations)),
        await space(stations.fr, 'sender'),
        await space(stations.ma, 'receiver'),
      );
    } finally {
      await bare.close();
    }
    return figures;
  },
};

async function whenLong(stations: TwoStations, rateWhenShort: number): Promise<Figure> {
  const n = 20_000;
  await fillTo(stations, 2_000_000);
  const rates: number[] = [];
  for (let turn = 0; turn < 3; turn++) rates.push(await pass(stations, byStation, n));
  const measured = {
    name: 'exchange at 2 million acts',
    value: middle(rates),
    unit: 'acts/s',
    n: await channelSize(stations),
  };
  return besides(measured, { name: 'the rate at 20,000', value: rateWhenShort }, 0.9);
}

async function memory({ fr, ma }: TwoStations): Promise<readonly Figure[]> {
  const most = await Promise.all([fr, ma].map(({ station }) => station.ask<number>('memory')));
  return ['sender', 'receiver'].map((side, at) =>
    atMost({ name: `exchange, most memory of the ${side}`, value: most[at] ?? Number.NaN, unit: 'MB', n: 1 }, 400),
  );
}

/** The whole database, vacuumed, by act: entries, indexes, heads, tree, approvals, dossiers, events and an empty outbox. */
async function space({ database }: BenchStation, side: string): Promise<Figure> {
  await database.query('vacuum');
  const { rows } = await database.query<{ acts: number; act: number; all: number }>(
    `select count(*)::int as acts, avg(length(envelope) + coalesce(length(body), 0))::float8 as act,
            pg_database_size(current_database())::float8 as all from entry`,
  );
  const { acts, act, all } = rows[0] ?? { acts: 0, act: 0, all: 0 };
  const measured = { name: `exchange, database of the ${side} an act`, value: all / acts, unit: 'bytes', n: acts };
  return atMost(measured, Math.round(1.5 * act + 400));
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
