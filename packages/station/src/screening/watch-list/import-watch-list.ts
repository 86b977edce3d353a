import { createHash } from 'node:crypto';
import { readName } from '@entente/matching';
import { type Instant, Refusal, type Sha256Hex } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Clock } from '../../adapters/clock.ts';
import { type Database, transact } from '../../store/database.ts';
import { writeHouseLog } from '../../store/house-log.ts';
import { type Caller, whoOf } from '../../store/tokens.ts';
import {
  beginStaging,
  endStaging,
  keepStaged,
  type ListChange,
  refuseRepeated,
  type StagedEntry,
  type StagedRemark,
  stageRows,
} from '../../store/staged-lists.ts';
import { comparableSubject } from '../comparable-subject.ts';
import { readCsvList } from './read-csv-list.ts';
import { readFtm } from './read-ftm.ts';
import { readUn } from './read-un.ts';
import type { RowRead, WatchListFormat } from './row-read.ts';

/** A watch list as it is brought: which, for which purposes it may be searched, and its bytes. */
export interface WatchListFile {
  /** Lowercase letters, digits and hyphens; importing the same name again replaces the list. */
  readonly name: string;
  /** `leads/investigation`, …; at least one. */
  readonly purposes: readonly string[];
  readonly format: WatchListFormat;
  /** For a table: what a heading stands for, where its own words do not say it. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What an import came to: `read` + `refused` = the rows of the file. */
export interface ListImported extends ListChange {
  readonly name: string;
  readonly sha256: Sha256Hex;
  readonly rows: number;
  readonly read: number;
  readonly refused: number;
}

const grammar = { name: /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, purpose: /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/ };
const mostEntries = 10_000_000;
const piece = 1000;

interface ImportParts {
  readonly database: Database;
  readonly crypto: Crypto;
  readonly clock: Clock;
}

/**
 * Takes a watch list over, in memory bounded whatever its size: rows are staged piece by piece, then the list is changed in
 * one transaction, so that nobody ever searches half of one. What did not change keeps its decisions; what changed is
 * compared anew with what the station holds. Every row that could not be read is kept with its line and reason.
 * @param tell hears now and then how many rows have been read
 * @throws Refusal `list-malformed` for a file that is none of its format, `field-malformed`, `too-large`; nothing is changed
 */
export async function importWatchList(
  { database, crypto, clock }: ImportParts,
  file: WatchListFile,
  by: Caller | undefined,
  tell: (rows: number) => void = () => {},
): Promise<ListImported> {
  check(file);
  const hash = createHash('sha256');
  const staging = await beginStaging(database, clock.now());
  try {
    const counts = await stage(
      crypto,
      file,
      hashing(file.bytes, hash),
      (rows) => stageRows(database, staging, ...rows),
      tell,
    );
    const sha256 = hash.digest('hex') as Sha256Hex;
    const { name, purposes, format } = file;
    return await transact(database, async (transaction) => {
      const repeated = await refuseRepeated(transaction, staging);
      const [read, refused] = [counts.read - repeated, counts.refused + repeated];
      const list = { name, purposes, format, sha256, imported: clock.now(), read, refused };
      const change = await keepStaged(transaction, staging, list);
      const imported = { ...change, name, sha256, rows: read + refused, read, refused };
      await stateImport(transaction, crypto, clock.now(), imported, by);
      return imported;
    });
  } finally {
    await endStaging(database, staging);
  }
}

function check({ name, purposes }: WatchListFile): void {
  if (!grammar.name.test(name))
    throw new Refusal('field-malformed', { where: 'name', what: 'lowercase letters, digits, hyphens' });
  if (purposes.length === 0)
    throw new Refusal('field-missing', { where: 'purposes', what: 'track/purpose, at least one' });
  const odd = purposes.findIndex((purpose) => !grammar.purpose.test(purpose));
  if (odd >= 0) throw new Refusal('field-malformed', { where: `purposes[${odd}]`, what: 'track/purpose' });
}

function rowsOf({ format, mapping }: WatchListFile, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowRead> {
  switch (format) {
    case 'csv':
      return readCsvList(bytes, mapping);
    case 'ftm':
      return readFtm(bytes);
    case 'un':
      return readUn(bytes);
    default:
      return format satisfies never;
  }
}

async function stage(
  crypto: Crypto,
  file: WatchListFile,
  bytes: AsyncIterable<Uint8Array>,
  write: (rows: readonly [readonly StagedEntry[], readonly StagedRemark[]]) => Promise<void>,
  tell: (rows: number) => void,
): Promise<{ readonly read: number; readonly refused: number }> {
  let [read, refused] = [0, 0];
  let entries: StagedEntry[] = [];
  let remarks: StagedRemark[] = [];
  const flush = async (): Promise<void> => {
    await write([entries, remarks]);
    [entries, remarks] = [[], []];
    tell(read + refused);
  };
  for await (const row of rowsOf(file, bytes)) {
    const entry = row.kind === 'entry' ? entryOf(crypto, row) : undefined;
    if (entry === undefined) {
      refused += 1;
      const { reason, what } =
        row.kind === 'refused'
          ? row
          : ({ reason: 'nothing-to-compare', what: 'no name and no number that can be read' } as const);
      remarks.push({ line: row.line, refused: true, reason, what });
    } else {
      read += 1;
      entries.push(entry);
    }
    if (row.kind === 'entry' && entry !== undefined)
      for (const { reason, what } of row.remarks) remarks.push({ line: row.line, refused: false, reason, what });
    if (read > mostEntries) throw new Refusal('too-large', { what: `more than ${mostEntries} entries` });
    if (entries.length + remarks.length >= piece) await flush();
  }
  await flush();
  return { read, refused };
}

function entryOf(crypto: Crypto, row: Extract<RowRead, { kind: 'entry' }>): StagedEntry | undefined {
  const subject = comparableSubject(crypto, row.said);
  if (subject === undefined || !isComparable(subject)) return undefined;
  // What has no id of its own is known by what it says.
  const entry = row.entry ?? `sha256:${subject.hash}`;
  return { ...subject, line: row.line, entry: entry.replaceAll('\u0000', ' ').toWellFormed(), details: row.details };
}

/** A number, or a name of which something can be read: signs and pictures alone agree with everybody. */
function isComparable({ identity, keys }: Pick<StagedEntry, 'identity' | 'keys'>): boolean {
  return keys.length > 0 || identity?.names.some((name) => readName(name).kind === 'name') === true;
}

async function* hashing(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

async function stateImport(
  transaction: Parameters<typeof writeHouseLog>[0],
  crypto: Crypto,
  time: Instant,
  { list, name, sha256, read, refused, added, changed, removed }: ListImported,
  by: Caller | undefined,
): Promise<void> {
  await writeHouseLog(transaction, crypto, {
    kind: 'administration',
    time,
    what: { done: 'watch-list-imported', list, name, sha256, read, refused, added, changed, removed, by: whoOf(by) },
  });
}
