import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunning, type Running } from '../../packages/station/src/cli/running.ts';
import { openDatabase } from '../../packages/station/src/store/database.ts';
import { mainFile, surroundings } from './entente.ts';
import type { Founded } from './found-stations.ts';
import { waitUntil } from './wait-until.ts';

const patience = 60_000;
// What a station that has lost its PostgreSQL may take to end, so that whoever watches over it starts it again.
const mostEnding = 20_000;

/**
 * `entente serve` as a process of its own, started again whenever it ends, as an init system would. It and its PostgreSQL
 * can be killed.
 */
export class StationProcess {
  readonly founded: Founded;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #stopping = false;
  #starts = 0;
  #killed = false;
  #dataFolder: string | undefined;
  /** What a station must never do: end by itself while its PostgreSQL lives, or hang without it. */
  readonly faults: string[] = [];

  constructor(founded: Founded, environment: NodeJS.ProcessEnv = {}) {
    this.founded = founded;
    this.#environment = environment;
  }

  get starts(): number {
    return this.#starts;
  }

  get logFile(): string {
    return join(this.founded.home.folder, 'station.log');
  }

  /** Resolves once the API answers. */
  async start(): Promise<void> {
    this.#stopping = false;
    this.#spawn();
    await this.ready();
  }

  /** What the running station says of itself; undefined where it is not up. */
  async running(): Promise<(Running & { readonly api: string }) | undefined> {
    const running = await readRunning(this.founded.home).catch(() => undefined);
    const { api } = running ?? {};
    return running === undefined || api === undefined || running.process !== this.#child?.pid
      ? undefined
      : { ...running, api };
  }

  async ready(): Promise<void> {
    await waitUntil(
      `${this.founded.party} is up (see ${this.logFile})`,
      patience,
      async () => (await this.running()) !== undefined,
    );
    const running = await this.running();
    if (running !== undefined) this.#dataFolder ??= await dataFolderOf(running.database);
  }

  /** Kills the station's process; it is started again at once. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#killed = true;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Kills the whole postmaster, alone or with every process it has made. The station must notice and end. */
  async killPostgres(whole: boolean): Promise<void> {
    const postmaster = await this.#postmaster();
    const child = this.#child;
    if (postmaster === undefined || child === undefined) return;
    const wasUp = (await this.running()) !== undefined;
    this.#killed = true;
    process.kill(whole ? -postmaster : postmaster, 'SIGKILL');
    // One that was starting may have been about to end what a killed one left behind: it goes on by itself.
    if (!wasUp) return;
    const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)));
    if (child.exitCode !== null || child.signalCode !== null) return;
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), mostEnding);
    if (!(await Promise.race([ended, late.promise]))) {
      this.faults.push(`${this.founded.party} did not end within ${mostEnding / 1000} s of its PostgreSQL`);
      child.kill('SIGKILL');
    }
    clearTimeout(timer);
  }

  /** Ends it in order; at once if it does not within 20 s, which is a fault. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const late = setTimeout(() => {
      this.faults.push(`${this.founded.party} did not stop within ${mostEnding / 1000} s`);
      child.kill('SIGKILL');
    }, mostEnding);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  }

  /** Ends whatever is still there: the station, and a PostgreSQL that outlived it. */
  async remove(): Promise<void> {
    await this.stop();
    const postmaster = await this.#postmaster();
    if (postmaster !== undefined) process.kill(-postmaster, 'SIGKILL');
  }

  #lastWords(): string {
    return readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
  }

  get dataFolder(): string | undefined {
    return this.#dataFolder;
  }

  #spawn(): void {
    const log = openSync(this.logFile, 'a');
    const { home } = this.founded;
    const child = spawn(process.execPath, [mainFile, 'serve', '--home', home.folder], {
      env: { ...surroundings(), ...this.#environment },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.#starts += 1;
    this.#killed = false;
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      if (!this.#killed)
        this.faults.push(`${this.founded.party} ended by itself: ${signal ?? code}; ${this.#lastWords()}`);
      this.#spawn();
    });
  }

  /** The first line of postmaster.pid, where that process is really a postgres over this folder. */
  async #postmaster(): Promise<number | undefined> {
    if (this.#dataFolder === undefined) return undefined;
    const text = await readFile(join(this.#dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
    const number = Number(text.split('\n')[0]);
    if (!Number.isSafeInteger(number) || number <= 1) return undefined;
    const folder = await readlink(`/proc/${number}/cwd`).catch(() => '');
    return folder === this.#dataFolder ? number : undefined;
  }
}

async function dataFolderOf(url: string): Promise<string> {
  const database = await openDatabase(url, 1);
  try {
    const { rows } = await database.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    return rows[0]?.folder ?? '';
  } finally {
    await database.end();
  }
}
