import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../adapters/embedded-postgres.ts';
import { freePort } from '../adapters/free-port.ts';
import { openDatabase } from '../store/database.ts';

const main = new URL('../main.ts', import.meta.url).pathname;
const compiled = new URL('../../../../.cache/compile', import.meta.url).pathname;

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** A folder in which command lines are run, as a user would. */
export class Workplace {
  readonly folder: string;
  readonly #postgres: EmbeddedPostgres;
  readonly #children: ChildProcess[] = [];

  private constructor(folder: string, postgres: EmbeddedPostgres) {
    this.folder = folder;
    this.#postgres = postgres;
  }

  /** One PostgreSQL with a database for each home, so that not every command has to start its own. */
  static async make(...homes: readonly string[]): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), 'entente-cli-'));
    // PostgreSQL runs under another user, who must get in.
    await chmod(folder, 0o755);
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
    const database = await openDatabase(postgres.url, 1);
    for (const home of homes) await database.query(`create database "${home}"`);
    await database.end();
    return new Workplace(folder, postgres);
  }

  databaseUrl(home: string): string {
    return this.#postgres.url.replace(/entente$/, home);
  }

  #surroundings(args: readonly string[], locale: string): NodeJS.ProcessEnv {
    const home = args[args.indexOf('--home') + 1] ?? '';
    const own = args.includes('--home') ? { DATABASE_URL: this.databaseUrl(home) } : {};
    return { PATH: process.env['PATH'], LANG: locale, TZ: 'UTC', NODE_COMPILE_CACHE: compiled, ...own };
  }

  /** Runs one command and waits for its end; one that hangs is ended and has no status. */
  run(args: readonly string[], locale = 'en'): Ran {
    const ended = spawnSync(process.execPath, [main, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
      env: this.#surroundings(args, locale),
    });
    return { status: ended.status, out: ended.stdout, error: ended.stderr };
  }

  /** Runs one that must succeed; returns what it prints with `--json`. */
  done(args: readonly string[]): Record<string, never> {
    const { status, out, error } = this.run([...args, '--json']);
    if (status !== 0) throw new Error(`entente ${args.join(' ')} ended with ${status}: ${error}${out}`);
    return JSON.parse(out) as Record<string, never>;
  }

  /** Founds two parties and an accord between them; `fr` proposes. With ports, each can dial the other. */
  found(ports?: Readonly<Record<'fr' | 'ma', number>>): void {
    for (const [party, country, zone] of [
      ['fr', 'FR', 'Europe/Paris'],
      ['ma', 'MA', 'Africa/Casablanca'],
    ] as const) {
      const signing = ['--rp-id', `${party}.example`, '--origin', `https://${party}.example`];
      const place = ['--country', country, '--zone', zone, '--api-port', '0', '--peer-host', '127.0.0.1'];
      this.done([
        'init',
        '--home',
        party,
        '--party',
        party,
        '--name-fr',
        party,
        ...place,
        ...signing,
        '--peer-port',
        String(ports?.[party] ?? 0),
      ]);
      const counterpart = party === 'fr' ? 'ma' : 'fr';
      const address = ports === undefined ? [] : ['--address', `https://127.0.0.1:${ports[counterpart]}`];
      const invite = ['relation', 'invite', '--home', party, '--relation', 'fr-ma', '--counterpart', counterpart];
      this.done([...invite, ...address]);
    }
    this.done(['accord', 'propose', '--home', 'fr', '--relation', 'fr-ma', '--theirs', 'fr-ma-terms-ma.json', '--yes']);
    this.done(['accord', 'sign', '--home', 'ma', 'fr-ma-proposal.json', '--yes']);
    this.done(['accord', 'install', '--home', 'fr', '--relation', 'fr-ma', 'fr-ma-accord.json']);
  }

  enrol(home: string, name: string): void {
    this.done([
      'officer',
      'enrol',
      '--home',
      home,
      '--relation',
      'fr-ma',
      '--name',
      name,
      '--function',
      'duty-officer',
      '--no-passphrase',
    ]);
  }

  /** Carries everything one side has to say to the other. */
  carry(from: string, to: string): void {
    this.done(['carry', 'out', '--home', from, '--relation', 'fr-ma', `${from}-to-${to}.age`]);
    this.done(['carry', 'in', '--home', to, '--relation', 'fr-ma', `${from}-to-${to}.age`]);
  }

  /** Starts a station and waits until its API listens. */
  async serve(home: string): Promise<ChildProcess> {
    const args = ['serve', '--home', home];
    const env = this.#surroundings(args, 'en');
    const child = spawn(process.execPath, [main, ...args], { cwd: this.folder, stdio: 'ignore', env });
    this.#children.push(child);
    for (let waited = 0; waited < 300 && child.exitCode === null; waited++) {
      const text = await readFile(join(this.folder, home, 'running.json'), 'utf8').catch(() => '');
      if (text.includes('"api"')) return child;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the station of ${home} did not start`);
  }

  /** Ends a station as Ctrl-C does; returns its exit code, undefined where it had to be killed. */
  async stop(child: ChildProcess): Promise<number | null | undefined> {
    if (child.exitCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    const late = AbortSignal.timeout(20_000);
    const gaveUp = new Promise<undefined>((resolve) =>
      late.addEventListener('abort', () => resolve(undefined), { once: true }),
    );
    const code = await Promise.race([ended, gaveUp]);
    if (code === undefined) child.kill('SIGKILL');
    return code;
  }

  async close(): Promise<void> {
    for (const child of this.#children) await this.stop(child);
    await this.#postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Two ports that nobody listens on. */
export async function freePorts(): Promise<Readonly<Record<'fr' | 'ma', number>>> {
  return { fr: await freePort(), ma: await freePort() };
}
