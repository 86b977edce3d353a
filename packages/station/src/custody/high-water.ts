import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@entente/protocol';

/** A head as the high-water file remembers it. */
export interface HighWaterMark {
  readonly size: number;
  readonly root: Uint8Array;
}

// size in 16 digits, a space, the root in hexadecimal, a line feed: one sector, written in place.
const grammar = /^(\d{16}) ([0-9a-f]{64})\n$/;
const newFile = 'new-';

/**
 * Remembers, outside the database and its backups, the highest head that ever left (PROTOCOL §2.2): so a database that
 * comes back older than what the counterpart has seen is noticed before it forks its channel.
 */
export class HighWater {
  readonly #folder: string;
  #raised: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes and syncs. A smaller size never replaces a larger one; another root at the same size is a fork and refused. */
  raise(origin: string, mark: HighWaterMark): Promise<void> {
    // One after the other: of two that both read the old mark, the smaller could be written last.
    const raised = this.#raised.then(() => this.#raise(origin, mark));
    this.#raised = raised.catch(() => {});
    return raised;
  }

  async #raise(origin: string, mark: HighWaterMark): Promise<void> {
    const known = await this.read(origin);
    if (known !== undefined && known.size > mark.size) return;
    if (known !== undefined && known.size === mark.size) {
      if (Buffer.compare(known.root, mark.root) === 0) return;
      throw new Refusal('history-conflict', { where: origin, what: `two roots at size ${mark.size}` });
    }
    if (known === undefined) await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // The first is written whole beside its place: a process killed before it wrote must leave no empty file.
    const path = known === undefined ? join(this.#folder, `${newFile}${randomUUID()}`) : this.#path(origin);
    const file = await open(path, known === undefined ? 'wx' : 'r+', 0o600);
    try {
      await file.write(`${String(mark.size).padStart(16, '0')} ${Buffer.from(mark.root).toString('hex')}\n`, 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    if (known !== undefined) return;
    const isFirst = await isLinked(path, this.#path(origin));
    await rm(path);
    await syncFolder(this.#folder);
    // Another process of this station was first: what it wrote is held against ours.
    if (!isFirst) await this.#raise(origin, mark);
  }

  /** @throws Refusal `history-conflict` where the file is there and cannot be read: nobody may guess its size. */
  async read(origin: string): Promise<HighWaterMark | undefined> {
    const text = await readFile(this.#path(origin), 'latin1').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const [, size, root] = grammar.exec(text) ?? [];
    if (size === undefined || root === undefined) {
      throw new Refusal('history-conflict', { where: this.#path(origin), what: 'the high-water file is damaged' });
    }
    return { size: Number(size), root: Buffer.from(root, 'hex') };
  }

  /** Sets a mark aside, as proof of what had left: an administrator lets the station go on without it. */
  async setAside(origin: string, time: number): Promise<void> {
    const folder = join(this.#folder, 'set-aside');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(this.#path(origin), join(folder, `${origin.replaceAll('/', '_')}-${time}`)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
    await syncFolder(this.#folder);
  }

  /** Every origin that has a mark. */
  async origins(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .filter((name) => name !== 'set-aside' && !name.startsWith(newFile))
      .map((name) => name.replaceAll('_', '/'));
  }

  #path(origin: string): string {
    return join(this.#folder, origin.replaceAll('/', '_'));
  }
}

/** Gives a file its name unless another has it. */
async function isLinked(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
