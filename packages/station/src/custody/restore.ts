import { type Instant, isSha256Hex, type Json, readCanonicalJson, Refusal } from '@entente/protocol';
import { type Crypto, openStream } from '@entente/wire';
import { from } from 'pg-copy-streams';
import type { Blobs } from '../adapters/blobs.ts';
import { type Database, type Transaction, transact } from '../store/database.ts';
import { removeErasedAgain } from '../store/erase.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { backupEnd, backupTitle, blobTitle, migrationsOf, presentBlobs } from './backup.ts';
import { type DumpedTable, dumpedTables, quoted, tableAndColumns } from './dump-tables.ts';

/** What came back, and what did not. */
export interface Restored {
  /** When the backup was made, as it says. */
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
  /** Attachments that are not in the blob store: awaited again from the counterpart. */
  readonly awaited: readonly string[];
  /** Drafts in the backup; those written since are lost, and so is the house log since. */
  readonly drafts: number;
}

export interface RestoreTerms {
  readonly database: Database;
  readonly crypto: Crypto;
  readonly blobs: Blobs;
  /** age identity of the house's backups. */
  readonly identity: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly now: Instant;
}

/**
 * Brings a backup into an empty database, all or nothing. Every own channel is marked *not caught up*: the station appends
 * and signs nothing before it has fetched back what it had said since (PROTOCOL §2.4). Files erased since lie in the blob
 * folder again perhaps, and are removed once more.
 * @throws Refusal `already-exists` where the database is not empty, `backup-malformed`, `seal-unopenable`, `database-newer`
 */
export async function restore({ database, crypto, blobs, identity, source, now }: RestoreTerms): Promise<Restored> {
  return transact(database, async (transaction) => {
    await checkEmpty(transaction);
    const tables = await dumpedTables(transaction);
    for (const { name } of tables) await transaction.query(`alter table ${quoted(name)} disable trigger user`);
    await transaction.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')} cascade`);
    const { at, rows } = await readBackup(transaction, tables, openStream(crypto, identity, source));
    for (const table of tables) await renumber(transaction, table);
    // Rows came as they were, without their triggers; what is still deferred would forbid altering the tables.
    await transaction.query('set constraints all immediate');
    for (const { name } of tables) await transaction.query(`alter table ${quoted(name)} enable trigger user`);
    await transaction.query(`update channel set stopped = 'not-caught-up' where own and stopped is null`);
    const awaited = await awaitMissing(transaction, blobs);
    const { rows: relations } = await transaction.query<{ relation: number }>('select relation from relation');
    for (const { relation } of relations) await removeErasedAgain(transaction, relation);
    const { rows: drafts } = await transaction.query<{ count: number }>('select count(*)::int as count from draft');
    await writeHouseLog(transaction, crypto, {
      kind: 'restore',
      time: now,
      what: { backup: at, awaited: awaited.length },
    });
    return { at, tables: tables.length, rows, awaited, drafts: drafts[0]?.count ?? 0 };
  });
}

async function checkEmpty(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.query<{ used: boolean }>(
    'select exists (select from relation) or exists (select from house_entry) as used',
  );
  if (rows[0]?.used !== false)
    throw new Refusal('already-exists', { what: 'a station in this database: restore into an empty one' });
}

const copyLine = /^COPY ("(?:[a-z0-9_]+)") \(((?:"[a-z0-9_]+"(?:, )?)+)\) FROM stdin;$/;

async function readBackup(
  transaction: Transaction,
  tables: readonly DumpedTable[],
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly at: string; readonly rows: number }> {
  const lines = linesOf(source);
  const header = await lines.next();
  const { at, migrations } = readHeader(header.done === true ? '' : header.value.toString('utf8'));
  await checkMigrations(transaction, migrations);
  let rows = 0;
  for (;;) {
    const next = await lines.next();
    if (next.done === true) throw malformed('the end is missing');
    const text = next.value.toString('utf8');
    if (text === backupEnd) return { at, rows };
    if (text.startsWith(blobTitle)) continue;
    rows += await copyIn(transaction, tableOf(tables, text), lines);
  }
}

function readHeader(text: string): { readonly at: string; readonly migrations: Readonly<Record<string, Json>> } {
  if (!text.startsWith(backupTitle)) throw malformed('not a backup of Entente');
  const value = readCanonicalJson(text.slice(backupTitle.length));
  if (typeof value !== 'object' || value === null || !('migrations' in value) || !('at' in value))
    throw malformed('header');
  const { at, migrations } = value;
  if (typeof at !== 'string' || typeof migrations !== 'object' || migrations === null || Array.isArray(migrations))
    throw malformed('header');
  return { at, migrations: migrations as Readonly<Record<string, Json>> };
}

/** An older backup goes into a newer schema, never the other way round. */
async function checkMigrations(transaction: Transaction, migrations: Readonly<Record<string, Json>>): Promise<void> {
  const known = await migrationsOf(transaction);
  for (const [name, sha256] of Object.entries(migrations)) {
    if (!isSha256Hex(sha256) || known[name] !== sha256)
      throw new Refusal('database-newer', { where: name, what: 'in the backup' });
  }
}

function tableOf(tables: readonly DumpedTable[], text: string): DumpedTable {
  const [, name, columns] = copyLine.exec(text) ?? [];
  const table = tables.find((one) => quoted(one.name) === name);
  if (table === undefined || columns === undefined) throw malformed(text.slice(0, 80));
  const listed = columns.split(', ').map((column) => column.slice(1, -1));
  if (!listed.every((column) => table.columns.includes(column))) throw malformed(`columns of ${table.name}`);
  return { ...table, columns: listed };
}

async function copyIn(
  transaction: Transaction,
  table: DumpedTable,
  lines: AsyncGenerator<Buffer, void, undefined>,
): Promise<number> {
  const stream = transaction.query(from(`copy ${tableAndColumns(table)} from stdin`));
  const finished = new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', resolve);
  });
  // Its failure is met at the end; until then it only must not go unheard.
  finished.catch(() => undefined);
  let rows = 0;
  let batch: Buffer[] = [];
  for (;;) {
    const next = await lines.next();
    if (next.done === true) throw malformed(`the rows of ${table.name} are cut`);
    if (next.value.length === 2 && next.value.toString('latin1') === '\\.') break;
    rows += 1;
    batch.push(next.value, newline);
    if (batch.length < 2000) continue;
    if (!stream.write(Buffer.concat(batch)))
      await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), finished]);
    batch = [];
  }
  stream.end(Buffer.concat(batch));
  await finished;
  return rows;
}

const newline = Buffer.from('\n');

async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

async function renumber(transaction: Transaction, { name, numbered }: DumpedTable): Promise<void> {
  if (numbered === undefined) return;
  await transaction.query(
    `select setval(pg_get_serial_sequence($1, $2), greatest(1, coalesce((select max(${quoted(numbered)}) from ${quoted(name)}), 0)),
                   exists (select from ${quoted(name)}))`,
    [quoted(name), numbered],
  );
}

/** Files whose bytes are not here are fetched again: the counterpart has ours, and is asked for its own. */
async function awaitMissing(transaction: Transaction, blobs: Blobs): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { name, relation, own, sealedSha256 } of await presentBlobs(transaction)) {
    if ((await blobs.find(name)) !== undefined) continue;
    await transaction.query(
      `update attachment set state = 'awaited', kept_key = null where relation = $1 and own = $2 and sealed_sha256 = $3`,
      [relation, own, Buffer.from(sealedSha256, 'hex')],
    );
    missing.push(name);
  }
  return missing;
}

function malformed(what: string): Refusal {
  return new Refusal('backup-malformed', { what });
}
