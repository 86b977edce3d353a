import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@entente/protocol';
import { checkDropName, checkDropSize, type DeadDrop, type DropItem, isDropName, mostDropItems } from './dead-drop.ts';
import { type Source, syncPath } from './source.ts';
import { storeFull } from './store-full.ts';

/** A dead drop in a folder both reach: a network share, a synchronised folder, a removable disk. */
export function deadDropFolder(folder: string): DeadDrop {
  const pathOf = (name: string): string => {
    checkDropName(name);
    return join(folder, name);
  };
  return {
    put: (name, source) => storeFull(() => put(folder, pathOf(name), source)),
    list: (prefix) => list(folder, prefix),
    read: (name, most) => read(pathOf(name), name, most),
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

async function put(folder: string, path: string, source: Source): Promise<void> {
  // A dot first: no drop name begins so, and the reader at the other end never sees half a file.
  const unfinished = join(folder, `.${randomBytes(12).toString('hex')}.part`);
  const file = await open(unfinished, 'wx', 0o660);
  try {
    await file.writeFile(source.read(0, source.size));
    await file.sync();
    await rename(unfinished, path);
    await syncPath(folder);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function list(folder: string, prefix: string): Promise<readonly DropItem[]> {
  const names: string[] = [];
  for await (const entry of await opendir(folder)) {
    if (!entry.isFile() || !entry.name.startsWith(prefix) || !isDropName(entry.name)) continue;
    if (names.push(entry.name) === mostDropItems) break;
  }
  const items = await Promise.all(
    names.sort().map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => [{ name, size }],
        // Taken away meanwhile.
        () => [],
      ),
    ),
  );
  return items.flat();
}

async function read(path: string, name: string, most: number): Promise<Source> {
  const { size } = await withFile(path, name, (file) => file.stat());
  checkDropSize(name, size, most);
  return { size, read: (from, to) => pieces(path, name, from, to) };
}

async function* pieces(
  path: string,
  name: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openPlain(path, name);
  try {
    for (let at = from; at < to;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(1 << 20, to - at)), 0, undefined, at);
      // Shorter than it was when its size was read: somebody else writes here.
      if (bytesRead === 0) throw new Refusal('link-down', { where: name });
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function withFile<Result>(
  path: string,
  name: string,
  verb: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await openPlain(path, name);
  try {
    return await verb(file);
  } finally {
    await file.close();
  }
}

/** Opens a plain file: no symbolic link out of the drop, no pipe that would hang the reader. */
async function openPlain(path: string, name: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw new Refusal('attachment-unknown', { where: name }, { cause });
    },
  );
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Refusal('attachment-unknown', { where: name });
}
