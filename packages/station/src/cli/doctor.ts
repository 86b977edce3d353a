import { type Stats } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Refusal, refusalWords } from '@entente/protocol';
import type { Blobs } from '../adapters/blobs.ts';
import { presentBlobs } from '../custody/backup.ts';
import { examine, examineHouse, type Finding } from '../custody/doctor.ts';
import type { Database } from '../store/database.ts';
import type { Command, Context, Outcome } from './command.ts';
import type { Home } from './home.ts';
import { openStation } from './open-station.ts';
import { readRunning } from './running.ts';
import { readStation, type RelationEntry } from './station-file.ts';

const marks = { well: 'ok', attention: '! ', unwell: '!!' } as const;
const connectWithin = 3000;

/** Looks at everything a station stands on and says what to do about each fault. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Look at keys, papers, database, high-water, clock, disk, links and what waits; say what to do',
  options: {},
  examples: ['doctor', 'doctor --json'],
  async run(_input, context): Promise<Outcome> {
    const { home } = context;
    const station = await readStation(home);
    const findings: Finding[] = [
      await examineRunning(home),
      await examineKeys(home),
      await examineRoot(home),
      await examineDisk(home),
      ...(await examineOpened(context)),
    ];
    for (const relation of station.relations) findings.push(await examineLink(relation));
    const text = findings
      .map(
        ({ name, state, what, todo }) =>
          `${marks[state]} ${name}: ${what}${todo === undefined ? '' : `\n     → ${todo}`}`,
      )
      .join('\n');
    return {
      text,
      json: findings.map((finding) => ({ ...finding })),
      failed: findings.some(({ state }) => state === 'unwell'),
    };
  },
};

async function examineRunning(home: Home): Promise<Finding> {
  const running = await readRunning(home);
  if (running === undefined)
    return { name: 'station', state: 'attention', what: 'does not run', todo: 'entente serve' };
  return { name: 'station', state: 'well', what: `runs as process ${running.process}` };
}

/** The private keys are for the station's user alone. */
async function examineKeys(home: Home): Promise<Finding> {
  const open: string[] = [];
  const names = await readdir(home.path('keys'), { recursive: true }).catch(() => []);
  for (const name of names) {
    const found: Stats = await stat(home.path('keys', name));
    if (found.isFile() && (found.mode & 0o077) !== 0) open.push(name);
  }
  if (names.length === 0) {
    return {
      name: 'keys',
      state: 'unwell',
      what: `none in ${home.path('keys')}`,
      todo: 'copy the folder keys back from the safe, or make new ones with the root',
    };
  }
  if (open.length === 0) return { name: 'keys', state: 'well', what: 'readable by this user alone' };
  return {
    name: 'keys',
    state: 'unwell',
    what: `others can read ${open.join(', ')}`,
    todo: `chmod -R go= ${home.path('keys')}, and consider those keys known`,
  };
}

async function examineRoot(home: Home): Promise<Finding> {
  const here = await stat(join(home.folder, 'root')).then(
    () => true,
    () => false,
  );
  if (!here) return { name: 'root', state: 'well', what: 'not on this machine' };
  return {
    name: 'root',
    state: 'attention',
    what: `the root keys lie in ${join(home.folder, 'root')}`,
    todo: 'move the folder to a stick in a safe; name it with --root where it is needed',
  };
}

async function examineDisk(home: Home): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(home.folder);
  const free = bavail * bsize;
  const part = Math.round((100 * bavail) / blocks);
  const what = `${(free / 2 ** 30).toFixed(1)} GiB free, ${part} %`;
  if (free < 2 ** 30) return { name: 'disk', state: 'unwell', what, todo: 'make room: a full disk stops receipts' };
  return part < 10
    ? { name: 'disk', state: 'attention', what, todo: 'make room soon' }
    : { name: 'disk', state: 'well', what };
}

/** Opening the station verifies papers and keys; a refusal there is the finding. */
async function examineOpened({ home, databaseUrl, blobsOf, language }: Context): Promise<readonly Finding[]> {
  try {
    const { station, parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const papers: Finding = {
        name: 'papers',
        state: 'well',
        what: `${relations.length} accords and their keysets verify`,
      };
      const house = await examineHouse(parts, station.party);
      return [papers, await examineBlobs(parts.database, blobsOf(home)), house, ...(await examine(parts, relations))];
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [
      {
        name: 'papers, keys and database',
        state: 'unwell',
        what: error.code,
        todo: refusalWords(error.code, language, error.detail),
      },
    ];
  }
}

async function examineBlobs(database: Database, blobs: Blobs): Promise<Finding> {
  let missing = 0;
  const present = await presentBlobs(database);
  for (const { name, size } of present) if ((await blobs.find(name))?.size !== size) missing += 1;
  if (missing === 0) return { name: 'attachments', state: 'well', what: `${present.length} here` };
  return {
    name: 'attachments',
    state: 'unwell',
    what: `${missing} of ${present.length} are not where they are kept`,
    todo: 'copy the folder blobs back from its copy, or, if they lie in a bucket, set BLOBS_URL',
  };
}

/** Whether something answers at the counterpart's address; what it is, the pinned link checks. */
async function examineLink({ name, address }: RelationEntry): Promise<Finding> {
  const found = { name: `${name}: link` };
  if (address === undefined)
    return { ...found, state: 'well', what: 'the counterpart dials in, or sticks are carried' };
  const { hostname, port } = new URL(address);
  const why = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port === '' ? 443 : port), timeout: connectWithin });
    const end = (answer: string | undefined): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error) => end(error.message));
  });
  if (why === undefined) return { ...found, state: 'well', what: `${address} answers` };
  return {
    ...found,
    state: 'attention',
    what: `${address}: ${why}`,
    todo: 'acts wait and will be sent; if it lasts, check the firewall, or: entente carry out',
  };
}
