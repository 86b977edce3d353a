import type { Bench } from './bench.ts';
import { atLeast, atMost } from './figure.ts';
import type { TwoStations } from './two-stations.ts';

const mebibyte = 1024 * 1024;

/** A file from its first byte at the sender, sealed and stored there, to whole and verified at the receiver. */
export const attachment: Bench = {
  name: 'attachment',
  async run(stations, quick) {
    const bytes = quick ? 64 * mebibyte : 2048 * mebibyte;
    await send(stations, 8 * mebibyte);
    const seconds = await send(stations, bytes);
    const rate = atLeast({ name: 'attachment, end to end', value: bytes / 1e6 / seconds, unit: 'MB/s', n: bytes }, 80);
    const most = await Promise.all([stations.fr, stations.ma].map(({ station }) => station.ask<number>('memory')));
    const held = ['sender', 'receiver'].map((side, at) =>
      atMost(
        { name: `attachment, most memory of the ${side}`, value: most[at] ?? Number.NaN, unit: 'MB', n: bytes },
        300,
      ),
    );
    return [rate, ...held];
  },
};

async function send({ fr, ma }: TwoStations, bytes: number): Promise<number> {
  const whole = async (): Promise<number> => {
    const { rows } = await ma.database.query<{ files: number }>(
      `select count(*)::int as files from attachment where not own and state = 'present'`,
    );
    return rows[0]?.files ?? 0;
  };
  const before = await whole();
  const begun = performance.now();
  await fr.station.ask('attach', bytes);
  const longest = 60_000 + bytes / 10_000;
  while ((await whole()) === before) {
    if (performance.now() - begun > longest) throw new Error('the file does not arrive');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return (performance.now() - begun) / 1000;
}
