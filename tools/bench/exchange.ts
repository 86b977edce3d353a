import { startBarePipeline } from './bare-pipeline.ts';
import type { Bench } from './bench.ts';
import { atLeast, atMost, besides, type Figure } from './figure.ts';
import type { Authors } from './fill-outbox.ts';
import { channelSize, fillTo, pass, type Passed } from './passes.ts';
import type { BenchStation, TwoStations } from './two-stations.ts';

const byStation: Authors = { kind: 'station' };
const wantedRate = 6000;
const parcel = 1000;
const warmUp = 10_000;

/** Sustained exchange, release to receipt, beside a bare pipeline of the same steps; then again when the channel is long. */
export const exchange: Bench = {
  name: 'exchange',
  async run(stations, quick) {
    const n = quick ? 5000 : 20_000;
    const before = [await measureSpace(stations.fr), await measureSpace(stations.ma)] as const;
    const bare = await startBarePipeline(stations);
    const figures: Figure[] = [];
    try {
      // Sustained: until the host has compiled what every act goes through.
      await pass(stations, byStation, warmUp);
      await bare.run(warmUp, parcel);
      // By turns, so that whatever else the machine does weighs on both alike.
      const passed: Passed[] = [];
      const rivals: Passed[] = [];
      for (let turn = 0; turn < 3; turn++) {
        passed.push(await pass(stations, byStation, n));
        rivals.push(await bare.run(n, parcel));
      }
      const rate = middle(passed.map((one) => one.rate));
      const of = { unit: 'acts/s', n: 3 * n };
      figures.push(atLeast({ name: 'exchange, no assertion', value: rate, ...of }, wantedRate));
      const rival = { name: 'bare pipeline', value: middle(rivals.map((one) => one.rate)) };
      figures.push(besides({ name: 'exchange, of the bare pipeline', value: rate, ...of }, rival, 0.4));
      figures.push(processorTime(passed, rivals, 3 * n));
      for (const actsPerApproval of [100, 1]) {
        const { rate: value } = await pass(stations, { kind: 'officer', actsPerApproval }, quick ? 1000 : n);
        const name = `exchange, ${1 / actsPerApproval} assertions an act`;
        figures.push(besides({ name, value, unit: 'acts/s', n: quick ? 1000 : n }, rival, 0));
      }
      if (!quick) figures.push(await whenLong(stations, rate));
      figures.push(...(await memory(stations)));
      figures.push(spaceAnAct('sender', before[0], await measureSpace(stations.fr)));
      figures.push(spaceAnAct('receiver', before[1], await measureSpace(stations.ma)));
    } finally {
      await bare.close();
    }
    return figures;
  },
};

/** What an act costs, whatever else the machine does: the rates of a machine that does nothing else go by it. */
function processorTime(passed: readonly Passed[], rivals: readonly Passed[], n: number): Figure {
  const value = middle(passed.map((one) => one.processorTime));
  const rival = { name: 'bare pipeline', value: middle(rivals.map((one) => one.processorTime)) };
  return besides({ name: 'exchange, processor time an act', value, unit: 'µs', n }, rival, 0);
}

async function whenLong(stations: TwoStations, rateWhenShort: number): Promise<Figure> {
  const n = 20_000;
  await fillTo(stations, 2_000_000);
  const rates: number[] = [];
  for (let turn = 0; turn < 3; turn++) rates.push((await pass(stations, byStation, n)).rate);
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

interface Space {
  readonly bytes: number;
  readonly acts: number;
  /** Bytes of the envelopes and bodies. */
  readonly content: number;
}

/** The whole database, vacuumed: entries, indexes, heads, tree, approvals, dossiers, events and what the outbox leaves. */
async function measureSpace({ database }: BenchStation): Promise<Space> {
  await database.query('vacuum');
  const { rows } = await database.query<Space>(
    `select pg_database_size(current_database())::float8 as bytes, count(*)::float8 as acts,
            coalesce(sum(length(envelope) + coalesce(length(body), 0)), 0)::float8 as content from entry`,
  );
  const [space] = rows;
  if (space === undefined) throw new Error('an aggregate has one row');
  return space;
}

/** What an act took of it, without what an empty database takes. */
function spaceAnAct(side: string, before: Space, after: Space): Figure {
  const acts = after.acts - before.acts;
  const act = (after.content - before.content) / acts;
  const value = (after.bytes - before.bytes) / acts;
  return atMost(
    { name: `exchange, database of the ${side} an act`, value, unit: 'bytes', n: acts },
    Math.round(1.5 * act + 400),
  );
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
