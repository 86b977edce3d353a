import { randomUUID } from 'node:crypto';
import type { Instant, Sha256Hex } from '@entente/protocol';
import { copyRows } from './copy-rows.ts';
import { type Database, type Queryable, type Transaction, transact } from './database.ts';
import type { ComparableSubject } from './subjects.ts';

/** An import under way. */
export interface Staging {
  readonly import: string;
  readonly began: Instant;
}

/** An entry of a list on its way in. */
export interface StagedEntry extends ComparableSubject {
  readonly line: number;
  readonly entry: string;
}

/** What is said of a row that could not be read, or not wholly. */
export interface StagedRemark {
  readonly line: number;
  readonly refused: boolean;
  readonly reason: string;
  readonly what: string;
}

/** A list as it is kept, without its entries. */
export interface NewWatchList {
  readonly name: string;
  readonly purposes: readonly string[];
  readonly format: string;
  readonly sha256: Sha256Hex;
  readonly imported: Instant;
  readonly read: number;
  readonly refused: number;
}

/** What an import changed. */
export interface ListChange {
  readonly list: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

const forgotten = 86_400_000;

export async function beginStaging(queryable: Queryable, began: Instant): Promise<Staging> {
  await queryable.query(
    `with old as (delete from watch_list_staged where began < $1 returning import)
     delete from watch_list_staged_remark where import in (select import from old)`,
    [began - forgotten],
  );
  return { import: randomUUID(), began };
}

export async function endStaging(queryable: Queryable, staging: Staging): Promise<void> {
  await queryable.query('delete from watch_list_staged where import = $1', [staging.import]);
  await queryable.query('delete from watch_list_staged_remark where import = $1', [staging.import]);
}

const entryColumns = {
  import: 'text',
  began: 'int8',
  line: 'int8',
  entry: 'text',
  kind: 'text',
  label: 'text',
  identity: 'text',
  keys: 'text',
  details: 'text',
  hash: 'bytea',
} as const;
const remarkColumns = { import: 'text', line: 'int8', refused: 'bool', reason: 'text', what: 'text' } as const;

/** Writes a piece of a list on its way in. */
export async function stageRows(
  database: Database,
  staging: Staging,
  entries: readonly StagedEntry[],
  remarks: readonly StagedRemark[],
): Promise<void> {
  await transact(database, async (transaction) => {
    await copyRows(
      transaction,
      'watch_list_staged',
      entryColumns,
      entries.map((entry) => rowOf(staging, entry)),
    );
    await copyRows(
      transaction,
      'watch_list_staged_remark',
      remarkColumns,
      remarks.map(({ line, refused, reason, what }) => [staging.import, line, refused, reason, what]),
    );
  });
}

function rowOf(
  { import: id, began }: Staging,
  { line, entry, kind, label, identity, keys, details, hash }: StagedEntry,
): (number | string | Buffer | null)[] {
  const compared = identity === undefined ? null : JSON.stringify(identity);
  const rest = [JSON.stringify(keys), JSON.stringify(details ?? {}), Buffer.from(hash, 'hex')];
  return [id, began, line, entry, kind, label, compared, ...rest];
}

/** Refuses every entry whose id stood further up in the file. @returns how many */
export async function refuseRepeated(transaction: Transaction, staging: Staging): Promise<number> {
  const { rowCount } = await transaction.query(
    `with numbered as (select ctid, row_number() over (partition by entry order by line) as nth
                       from watch_list_staged where import = $1),
          repeated as (delete from watch_list_staged using numbered
                       where watch_list_staged.ctid = numbered.ctid and nth > 1 returning line)
     insert into watch_list_staged_remark select $1, line, true, 'repeated', 'id' from repeated`,
    [staging.import],
  );
  return rowCount ?? 0;
}

/**
 * Makes a list what was staged: entries that say the same stay as they are, with what was decided of them. Where anything
 * is new or says something else, the subjects of acts and drafts are compared with the list again.
 */
export async function keepStaged(
  transaction: Transaction,
  staging: Staging,
  { name, purposes, format, sha256, imported, read, refused }: NewWatchList,
): Promise<ListChange> {
  const { rows } = await transaction.query<{ list: number; widened: boolean }>(
    `with before as (select purposes from watch_list where name = $1)
     insert into watch_list (name, purposes, format, sha256, imported, read, refused)
     values ($1, $2, $3, decode($4, 'hex'), $5, $6, $7)
     on conflict (name) do update set purposes = excluded.purposes, format = excluded.format, sha256 = excluded.sha256,
       imported = excluded.imported, read = excluded.read, refused = excluded.refused
     returning list, not coalesce((select before.purposes @> $2 from before), true) as widened`,
    [name, purposes, format, sha256, imported, read, refused],
  );
  const { list, widened } = rows[0] ?? { list: 0, widened: false };
  const removed = await transaction.query(
    `delete from subject where list = $1
       and not exists (select from watch_list_staged s where s.import = $2 and s.entry = subject.entry)`,
    [list, staging.import],
  );
  const { rows: counted } = await transaction.query<{ added: number; changed: number }>(
    `with fresh as (
       insert into subject (list, entry, kind, label, identity, keys, details, hash)
       select $1, entry, kind, label, identity::jsonb, array(select jsonb_array_elements_text(keys::jsonb)), details::jsonb, hash
       from watch_list_staged where import = $2 order by line
       on conflict (list, entry) where list is not null do update
         set kind = excluded.kind, label = excluded.label, identity = excluded.identity, keys = excluded.keys,
             details = excluded.details, hash = excluded.hash
         where (subject.hash, subject.details) is distinct from (excluded.hash, excluded.details)
       returning subject, xmax = 0 as is_new)
     select count(*) filter (where is_new)::int as added, count(*) filter (where not is_new)::int as changed from fresh`,
    [list, staging.import],
  );
  const { added, changed } = counted[0] ?? { added: 0, changed: 0 };
  await transaction.query('delete from watch_list_remark where list = $1', [list]);
  await transaction.query(
    `insert into watch_list_remark
     select $1, row_number() over (order by line, refused desc), line, refused, reason, what
     from watch_list_staged_remark where import = $2`,
    [list, staging.import],
  );
  if (widened || added + changed > 0) await haveActsCompared(transaction);
  return { list, added, changed, removed: removed.rowCount ?? 0 };
}

/**
 * Has the subjects of all acts and drafts compared again: they are few beside the entries of a list, and a search costs
 * the same whichever side it comes from.
 */
async function haveActsCompared(transaction: Transaction): Promise<void> {
  await transaction.query(
    `insert into screening_due select subject from subject where relation is not null on conflict do nothing`,
  );
}
