import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const root = join(import.meta.dirname, '..');
const patience = 240_000;
let home = '';

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'entente-start-'));
});

after(async () => {
  // Started as root, PostgreSQL keeps its cluster where its user can reach it; the home says where.
  for (const party of ['fr', 'ma']) {
    const cluster = await readFile(join(home, party, 'database', 'cluster-folder'), 'utf8').catch(() => undefined);
    if (cluster !== undefined) await rm(cluster, { recursive: true, force: true });
  }
  await rm(home, { recursive: true, force: true });
});

test(
  'npm start founds two stations, exchanges a backlog, answers a lead, and ends clean',
  { timeout: patience },
  async () => {
    const { code, said } = await start();
    assert.equal(code, 0, said);
    assert.match(said, /The accord [0-9a-f]{64} of fr-ma is installed/);
    const channels = channelsIn(said);
    assert.deepEqual(
      channels.map(({ name }) => name),
      ['fr→ma', 'ma→fr'],
    );
    for (const { acts } of channels) assert.ok(acts > 400, `${acts} acts`);
    const [fr, ma] = statesIn(said);
    assert.deepEqual(fr, ma, 'both stations fold every dossier to the same state');
    assert.equal(fr?.size, 12, 'a dossier in every state of the track');
    assert.deepEqual(await leftRunning(), []);
  },
);

test('a second start finds everything as it was and goes on from there', { timeout: patience }, async () => {
  const { code, said } = await start();
  assert.equal(code, 0, said);
  assert.match(said, /Everything is as it was: \d+ dossiers/);
  assert.doesNotMatch(said, /officer enrol|accord sign/);
  assert.equal(channelsIn(said).length, 2);
  assert.deepEqual(await leftRunning(), []);
});

async function start(): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, ['tools/run.cjs', 'tools/demo/main.ts', '--once', '--home', home], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience - 10_000,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, said };
}

/** `channel fr→ma: 540 acts, 7 receipts alone; head 547 82a20bed2d306311…, the same on both sides` */
function channelsIn(said: string): readonly { readonly name: string; readonly acts: number }[] {
  const line = /channel (\S+): (\d+) acts, \d+ receipts alone; head \d+ [0-9a-f]{16}…, the same on both sides/g;
  return [...said.matchAll(line)].map(([, name = '', acts]) => ({ name, acts: Number(acts) }));
}

/** `dossiers at fr: 14 requested, 38 informed, …` */
function statesIn(said: string): readonly ReadonlyMap<string, number>[] {
  return [...said.matchAll(/dossiers at (?:fr|ma): (.+)/g)].map(
    ([, counts = '']) =>
      new Map(
        counts
          .split(', ')
          .map((count): [string, number] => [count.replace(/^\d+ /, ''), Number.parseInt(count, 10)])
          .toSorted(([one], [other]) => one.localeCompare(other)),
      ),
  );
}

/** Processes of the two stations that outlived the demonstration: by Linux's own list, where there is one. */
async function leftRunning(): Promise<readonly string[]> {
  const numbers = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    numbers.map((number) => readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter((command) => command.includes('serve') && command.includes(home));
}
