import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActId, Instant } from '@entente/protocol';
import { generateSealingIdentity, openPayloadKey, sealingRecipientOf } from '@entente/wire';
import pg from 'pg';
import { blobsFolder } from '../../adapters/blobs-folder.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../adapters/embedded-postgres.ts';
import { nodeCrypto } from '../../adapters/node-crypto.ts';
import { type AttachmentSizes, nameAttachments } from '../../store/attachments.ts';
import { openDatabase } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import type { AttachmentCustody } from './attachment-custody.ts';

/** One PostgreSQL and a folder for as many stations as a test wants. */
export interface Ground {
  readonly folder: string;
  readonly postgres: EmbeddedPostgres;
  remove(): Promise<void>;
}

/** What one station keeps attachments with; its relations are numbered 1 and 2. */
export interface Keeping {
  readonly custody: AttachmentCustody;
  readonly sealing: { readonly identity: string; readonly recipient: string };
  close(): Promise<void>;
}

export async function makeGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-attachments-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  return {
    folder,
    postgres,
    remove: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function makeKeeping({ folder, postgres }: Ground, name: string): Promise<Keeping> {
  const root = new pg.Client(postgres.url);
  await root.connect();
  await root.query(`create database ${name}`);
  await root.end();
  const database = await openDatabase(postgres.url.replace(/entente$/, name), 4);
  await migrate(database);
  await database.query(`insert into relation (name, own, counterpart) values ('one', 'a', 'b'), ('two', 'a', 'c')`);
  const storage = await newSealingKey();
  const sealing = await newSealingKey();
  return {
    sealing,
    custody: {
      database,
      blobs: blobsFolder(join(folder, name, 'blobs')),
      parts: join(folder, name, 'parts'),
      crypto: nodeCrypto,
      storage,
      openWithSealingKey: (_relation, start) => openPayloadKey(nodeCrypto, sealing.identity, start),
      now: () => 1 as Instant,
    },
    close: () => database.end(),
  };
}

async function newSealingKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateSealingIdentity();
  return { identity, recipient: await sealingRecipientOf(identity) };
}

/** As an act would that names one file. */
export async function announce(
  { custody }: Keeping,
  own: boolean,
  file: AttachmentSizes,
  relation = 1,
  id: ActId = randomBytes(32).toString('hex') as ActId,
): Promise<ActId> {
  await nameAttachments(custody.database, { relation, own, id }, [file], 1 as Instant);
  return id;
}

export async function* piecesOf(bytes: Uint8Array, length = 50_000): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

export async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}
