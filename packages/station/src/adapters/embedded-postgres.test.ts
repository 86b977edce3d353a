import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

let place = '';
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'entente-postgres-'));
  // PostgreSQL runs under another user, who must get in.
  await chmod(place, 0o755);
});
after(() => rm(place, { recursive: true, force: true }));

interface Started {
  readonly station: ChildProcess;
  readonly server: number;
  readonly dataFolder: string;
}

/** A process that starts a cluster and then only waits. */
async function startElsewhere(folder: string): Promise<Started> {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('embedded-postgres.ts', import.meta.url).href)});
    const { processId, dataFolder } = await startEmbeddedPostgres(${JSON.stringify(folder)});
    console.log(JSON.stringify({ server: processId, dataFolder }));`;
  const station = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(station.stdout);
  const [line] = (await once(station.stdout, 'data', { signal: AbortSignal.timeout(60_000) })) as [Buffer];
  return { station, ...(JSON.parse(line.toString()) as Omit<Started, 'station'>) };
}

async function ask(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function waitUntilBusy(url: string, backend: number): Promise<void> {
  const text = `select 1 from pg_stat_activity where pid = ${backend} and state = 'active'`;
  while ((await ask(url, text)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

test('PostgreSQL shuts down by itself, cleanly, when its station is killed with -9', async () => {
  const { station, server, dataFolder } = await startElsewhere(join(place, 'killed'));
  assert.ok(isAlive(server));
  station.kill('SIGKILL');
  for (let waited = 0; waited < 150 && isAlive(server); waited++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(!isAlive(server), 'it outlived its station');
  await assert.rejects(access(join(dataFolder, 'postmaster.pid')), 'it did not shut down cleanly');
});

test('a station started right after one was killed finds its data', async () => {
  const folder = join(place, 'again');
  const first = await startEmbeddedPostgres(folder);
  await ask(first.url, 'create table kept as select 7 as number');
  await first.stop();
  const { station } = await startElsewhere(folder);
  station.kill('SIGKILL');
  const second = await startEmbeddedPostgres(folder);
  assert.deepEqual(await ask(second.url, 'select number from kept'), [{ number: 7 }]);
  await second.stop();
});

test('a station waits for what a killed PostgreSQL had in hand, and then finds its data', async () => {
  const folder = join(place, 'busy');
  const first = await startEmbeddedPostgres(folder);
  await ask(first.url, 'create table kept as select 7 as number');
  const client = new pg.Client(first.url);
  client.on('error', () => {});
  await client.connect();
  const [{ backend } = { backend: 0 }] = (await client.query<{ backend: number }>('select pg_backend_pid() as backend'))
    .rows;
  // Such a statement does not look whether its server still lives.
  client.query('select count(*) from generate_series(1, 20000000)').catch(() => {});
  await waitUntilBusy(first.url, backend);
  process.kill(first.processId, 'SIGKILL');
  await first.ended;
  assert.ok(isAlive(backend), 'its backend had ended before');
  const second = await startEmbeddedPostgres(folder);
  assert.deepEqual(await ask(second.url, 'select number from kept'), [{ number: 7 }]);
  await second.stop();
  await client.end().catch(() => {});
});

test('a home that was deleted and made again meets no old database', async () => {
  // Where root's PostgreSQL cannot get into the home, the cluster lies elsewhere and survives it.
  await chmod(place, 0o700);
  const folder = join(place, 'remade');
  const first = await startEmbeddedPostgres(folder);
  await ask(first.url, 'create table kept as select 7 as number');
  await first.stop();
  await rm(folder, { recursive: true });
  const second = await startEmbeddedPostgres(folder);
  assert.deepEqual(await ask(second.url, `select to_regclass('kept')::text as found`), [{ found: null }]);
  await second.stop();
  for (const { dataFolder } of [first, second]) await rm(dirname(dataFolder), { recursive: true, force: true });
});
