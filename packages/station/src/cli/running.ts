import { rm } from 'node:fs/promises';
import { canonicalJson, Refusal } from '@entente/protocol';
import { type Home, readIfThere, writePrivate } from './home.ts';
import { readWrittenObject } from './json-file.ts';

/** What a running station says of itself in its home, for other commands on the same machine. */
export interface Running {
  readonly process: number;
  readonly database: string;
  /** `http://127.0.0.1:8460`; absent until the API listens. */
  readonly api?: string;
}

const file = 'running.json';

/** The station that runs in this home; undefined where none does, or where one was killed. */
export async function readRunning(home: Home): Promise<Running | undefined> {
  const bytes = await readIfThere(home.path(file));
  if (bytes === undefined) return undefined;
  const { process: number, database, api } = readWrittenObject(bytes, file);
  if (typeof number !== 'number' || typeof database !== 'string' || !isAlive(number)) return undefined;
  return { process: number, database, ...(typeof api === 'string' ? { api } : {}) };
}

/** @throws Refusal `already-exists` where another process serves this home */
export async function checkNotRunning(home: Home): Promise<void> {
  const running = await readRunning(home);
  if (running === undefined || running.process === process.pid) return;
  throw new Refusal('already-exists', { what: `a station runs in ${home.folder} (process ${running.process})` });
}

export async function writeRunning(home: Home, running: Running): Promise<void> {
  const { process: number, database, api } = running;
  await writePrivate(
    home.path(file),
    `${canonicalJson({ process: number, database, ...(api === undefined ? {} : { api }) })}\n`,
  );
}

export async function removeRunning(home: Home): Promise<void> {
  await rm(home.path(file), { force: true });
}

function isAlive(number: number): boolean {
  try {
    process.kill(number, 0);
    return true;
  } catch {
    return false;
  }
}
