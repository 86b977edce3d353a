import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Blobs, checkBlobName } from './blobs.ts';
import { fileSource, syncPath } from './source.ts';
import { storeFull } from './store-full.ts';

/** Attachments in a folder: one file a blob, moved in whole. */
export function blobsFolder(folder: string): Blobs {
  const pathOf = (name: string): string => {
    checkBlobName(name);
    return join(folder, name);
  };
  return {
    keep: (name, file) => storeFull(() => moveIn(file, pathOf(name))),
    find: async (name) => {
      const path = pathOf(name);
      const found = await stat(path).catch(absent);
      return found && fileSource(path, found.size);
    },
    remove: async (name) => {
      const path = pathOf(name);
      await rm(path, { force: true });
      await syncPath(dirname(path)).catch(absent);
    },
  };
}

async function moveIn(file: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await syncPath(file);
  try {
    await rename(file, path);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(file, `${path}.copying`);
    await syncPath(`${path}.copying`);
    await rename(`${path}.copying`, path);
    await rm(file);
  }
  await syncPath(dirname(path));
}

/** Turns "there is no such file" into undefined. */
function absent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
