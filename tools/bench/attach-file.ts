import { join } from 'node:path';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import { houseKeys, type Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { storeAttachment } from '../../packages/station/src/custody/attachments/store-attachment.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { type Officer, sayWithFiles } from './fill-outbox.ts';

interface FileToSend {
  readonly parts: Parts;
  readonly relation: Relation;
  readonly keystore: Keystore;
  readonly home: string;
  readonly officer: Officer;
  readonly bytes: number;
}

/** Seals a file of so many bytes, keeps it, and says the act that names it. @returns how long that took, in seconds */
export async function attach({ parts, relation, keystore, home, officer, bytes }: FileToSend): Promise<number> {
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
  const begun = performance.now();
  const stored = await storeAttachment(custody, relation.number, relation.sealTo(), piecesOf(parts, bytes), bytes);
  await sayWithFiles(parts, relation, officer, [
    { name: 'file.bin', mediaType: 'application/octet-stream', ...stored },
  ]);
  return (performance.now() - begun) / 1000;
}

async function* piecesOf({ crypto }: Parts, bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  const piece = crypto.randomBytes(1024 * 1024);
  for (let at = 0; at < bytes; at += piece.length) {
    // No two pieces are alike.
    new DataView(piece.buffer).setFloat64(0, at);
    yield piece.slice(0, Math.min(piece.length, bytes - at));
  }
}
