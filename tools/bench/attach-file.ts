import { join } from 'node:path';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import { houseKeys, type Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { storeAttachment } from '../../packages/station/src/custody/attachments/store-attachment.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import type { AttachmentSizes } from '../../packages/station/src/store/attachments.ts';
import { type Officer, sayWithFiles } from './fill-outbox.ts';

interface FileToStore {
  readonly parts: Parts;
  readonly relation: Relation;
  readonly keystore: Keystore;
  readonly home: string;
  readonly bytes: number;
}

/** Seals a file of so many bytes, keeps it, and says the act that names it. @returns how long that took, in seconds */
export async function attach({ officer, ...file }: FileToStore & { readonly officer: Officer }): Promise<number> {
  const begun = performance.now();
  const stored = await storeFile(file);
  await sayWithFiles(file.parts, file.relation, officer, [
    { name: 'file.bin', mediaType: 'application/octet-stream', ...stored },
  ]);
  return (performance.now() - begun) / 1000;
}

/** Seals a file of so many bytes for the counterpart and keeps it. */
export async function storeFile({ parts, relation, keystore, home, bytes }: FileToStore): Promise<AttachmentSizes> {
  const storage = (await keystore.readSealing(houseKeys)).at(-1);
  if (storage === undefined) throw new Error('the house has no sealing key');
  const custody = {
    database: parts.database,
    blobs: blobsFolder(join(home, 'blobs')),
    parts: join(home, 'parts'),
    crypto: parts.crypto,
    storage,
    openWithSealingKey: () => Promise.reject(new Error('nothing is opened here')),
    now: () => parts.clock.now(),
  };
  return storeAttachment(custody, relation.number, relation.sealTo(), piecesOf(parts, bytes), bytes);
}

async function* piecesOf({ crypto }: Parts, bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  // By turns: the last bytes of one may still be needed when the other is asked for.
  const pieces = [1, 2].map(() => new Uint8Array(crypto.randomBytes(1024 * 1024)));
  for (let at = 0, turn = 0; at < bytes; turn++) {
    const piece = pieces[turn % 2] ?? new Uint8Array();
    // No two are alike.
    new DataView(piece.buffer).setFloat64(0, at);
    yield piece.subarray(0, Math.min(piece.length, bytes - at));
    at += piece.length;
  }
}
