import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Home } from '../../packages/station/src/cli/home.ts';
import { readRunning, removeRunning } from '../../packages/station/src/cli/running.ts';
import { readStation, writeStation } from '../../packages/station/src/cli/station-file.ts';
import { mainFile, surroundings } from './command-line.ts';
import { homeOf, type Party, relation } from './parties.ts';
import type { Ports } from './ports.ts';

/** One party's station, a process of its own with a PostgreSQL of its own. */
export interface StationProcess {
  readonly process: number;
  /** Resolves when the process has ended, by us or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const patience = 60_000;

/** Tells a station where to listen and where to dial: its counterpart through the relay. */
export async function placeStation(folder: string, party: Party, ports: Ports): Promise<void> {
  const home = new Home(homeOf(folder, party), undefined);
  const station = await readStation(home);
  const { api, peer, relay } = ports[party];
  const address = `https://127.0.0.1:${relay}`;
  await writeStation(home, {
    ...station,
    api: { ...station.api, port: api },
    peer: { ...station.peer, port: peer },
    relations: station.relations.map((entry) => (entry.name === relation ? { ...entry, address } : entry)),
  });
}

/** Runs `entente serve` until told to stop; its log goes to `station.log` in its home. Resolves once the API answers. */
export async function startStation(folder: string, party: Party): Promise<StationProcess> {
  const home = homeOf(folder, party);
  const logFile = join(home, 'station.log');
  await endOrphan(home);
  const log = openSync(logFile, 'a');
  const { size } = fstatSync(log);
  // A group of its own: Ctrl-C reaches the demonstration alone, which stops its stations in order.
  const child = spawn(process.execPath, [mainFile, 'serve', '--home', home], {
    env: surroundings(),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await ready(home, child);
  } catch (cause) {
    child.kill('SIGTERM');
    await ended;
    const words = (await readFile(logFile)).subarray(size).toString().trimEnd().split('\n').slice(-8).join('\n');
    throw new Error(`The station of ${party} did not start. It said, in ${logFile}:\n${words}`, { cause });
  }
  return {
    process: child.pid ?? 0,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function ready(home: string, child: ChildProcess): Promise<void> {
  for (const limit = performance.now() + patience; performance.now() < limit;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    const running = await readRunning(new Home(home, undefined)).catch(() => undefined);
    if (running?.process === child.pid && running?.api !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it took too long');
}

/** Ends a station that outlived a killed demonstration; what a killed station said of itself is taken away. */
export async function endOrphan(folder: string): Promise<void> {
  const home = new Home(folder, undefined);
  const running = await readRunning(home).catch(() => undefined);
  if (running !== undefined && (await servesHome(running.process, folder))) {
    process.kill(running.process, 'SIGTERM');
    const limit = performance.now() + patience;
    while (performance.now() < limit && (await servesHome(running.process, folder))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await removeRunning(home);
}

/** Whether the process is a station of this home: numbers of processes are used again. */
async function servesHome(number: number, home: string): Promise<boolean> {
  try {
    process.kill(number, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return (await readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')).includes(home);
}
