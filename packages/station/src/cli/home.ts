// station.json   who we are, where we listen, our relations
// root/          offline keys: root, spare keysets, offline and backup identities; may be kept elsewhere
// keys/          the station's private keys, a folder a relation
// relations/     <name>/ours.json theirs.json roots.json accord.json: the papers as exchanged and signed
// officers/      enrolled keys for the command line
// high-water/ blobs/ parts/ database/
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '@entente/protocol';
import { Keystore } from '../adapters/keystore.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';

/** The folder in which a station lives. */
export class Home {
  readonly folder: string;
  /** Offline: may be a stick of its own. */
  readonly rootFolder: string;

  constructor(folder: string, rootFolder: string | undefined) {
    this.folder = resolve(folder);
    this.rootFolder = resolve(rootFolder ?? join(this.folder, 'root'));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** The keys that a running station holds. */
  get keystore(): Keystore {
    return new Keystore(this.path('keys'), nodeCrypto);
  }

  /** The keys that are offline, but for the ceremonies that need them. */
  get rootKeys(): Keystore {
    return new Keystore(this.rootFolder, nodeCrypto);
  }
}

/** Writes a file whole or not at all, readable by its owner alone. */
export async function writePrivate(path: string, bytes: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** The bytes of a file; undefined where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file the user named. @throws Refusal `usage` where it cannot be read */
export async function readNamed(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refusal('usage', { what: cause instanceof Error ? cause.message : path }, { cause });
  }
}
