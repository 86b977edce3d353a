// An age file of text that psql reads too:
// -- entente backup v1 {"at":"2026-11-23T…","migrations":{"0001-channels.sql":"<sha256>",…}}
// COPY "relation" ("relation", "name", …) FROM stdin;
// 1	fr-ma	…
// \.
// -- blob 1/own/<sha256> 4096
// -- end
import { canonicalJson, type Instant, type JsonObject, writeInstant } from '@entente/protocol';
import { type Crypto, sealStream } from '@entente/wire';
import { to } from 'pg-copy-streams';
import { type AttachmentKey } from '../store/attachments.ts';
import type { Database, Queryable, Transaction } from '../store/database.ts';
import { blobName } from './attachments/attachment-custody.ts';
import { dumpedTables, tableAndColumns } from './dump-tables.ts';

export const backupTitle = '-- entente backup v1 ';
export const blobTitle = '-- blob ';
export const backupEnd = '-- end';

/**
 * A backup, always sealed: the whole database as of one instant, and
 * the names of the attachments that lie beside it. No key is in it, and no high-water mark: a restored station must notice
 * that it is older than what has left.
 * @param recipient age recipient of the house's backups
 */
export async function* backUp(
  database: Database,
  crypto: Crypto,
  recipient: string,
  at: Instant,
): AsyncGenerator<Uint8Array, void, undefined> {
  const client = await database.connect();
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    yield* sealStream(crypto, [recipient], dump(client, at));
    await client.query('commit');
  } finally {
    // Whatever happened, the connection's snapshot is not handed to the next one.
    client.release(true);
  }
}

async function* dump(client: Transaction, at: Instant): AsyncGenerator<Uint8Array, void, undefined> {
  const header: JsonObject = { at: writeInstant(at), migrations: await migrationsOf(client) };
  yield line(`${backupTitle}${canonicalJson(header)}`);
  for (const table of await dumpedTables(client)) {
    yield line(`COPY ${tableAndColumns(table)} FROM stdin;`);
    yield* client.query(to(`copy ${tableAndColumns(table)} to stdout`)) as AsyncIterable<Buffer>;
    yield line('\\.');
  }
  for (const { name, size } of await presentBlobs(client)) yield line(`${blobTitle}${name} ${size}`);
  yield line(backupEnd);
}

/** The migrations a database has gone through, with the hash of each. */
export async function migrationsOf(queryable: Queryable): Promise<Readonly<Record<string, string>>> {
  const { rows } = await queryable.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  );
  return Object.fromEntries(rows.map(({ name, sha256 }) => [name, sha256]));
}

interface PresentBlob extends AttachmentKey {
  readonly name: string;
  readonly size: number;
}

/** Attachments whose bytes should lie in the blob store. */
export async function presentBlobs(queryable: Queryable): Promise<readonly PresentBlob[]> {
  const { rows } = await queryable.query<AttachmentKey & { size: number }>(
    `select relation, own, encode(sealed_sha256, 'hex') as "sealedSha256", sealed_size as size
     from attachment where state = 'present' order by relation, own, sealed_sha256`,
  );
  return rows.map((row) => ({ ...row, name: blobName(row) }));
}

function line(text: string): Uint8Array {
  return Buffer.from(`${text}\n`);
}
