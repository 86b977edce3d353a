import { demoParties, parties, type Party } from './parties.ts';
import type { Ports } from './ports.ts';
import type { Screen } from './screen.ts';
import { placeStation, startStation, type StationProcess } from './station-process.ts';

/** Both stations, kept running: one that is killed is started again, as an operating system would. */
export interface Stations {
  /** Rejects where a station cannot be started again. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
}

export async function startStations(folder: string, ports: Ports, screen: Screen): Promise<Stations> {
  const lost = Promise.withResolvers<never>();
  // Whoever waits hears of it; until then it is nobody's unhandled rejection.
  lost.promise.catch(() => {});
  let isStopping = false;
  const running = new Map<Party, StationProcess>();
  const keep = async (party: Party): Promise<void> => {
    const began = performance.now();
    const station = await startStation(folder, party);
    running.set(party, station);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const { api } = ports[party];
    screen.say(
      `  ${demoParties[party].name.en}: process ${station.process}, API http://127.0.0.1:${api}, after ${seconds} s`,
    );
    void station.ended.then(() => {
      if (isStopping) return;
      screen.alarm(`The station of ${party} (process ${station.process}) has ended: it is started again`);
      keep(party).catch(lost.reject);
    });
  };
  await Promise.all(parties.map((party) => placeStation(folder, party, ports)));
  const started = await Promise.allSettled(parties.map(keep));
  const stop = async (): Promise<void> => {
    isStopping = true;
    await Promise.all([...running.values()].map((station) => station.stop()));
  };
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return { lost: lost.promise, stop };
}
