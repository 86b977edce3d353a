import { type Instant, Refusal } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Queryable, Transaction } from './database.ts';
import { writeHouseLog } from './house-log.ts';
import { pageOf, type Page } from './page.ts';
import { type Caller, whoOf } from './tokens.ts';

/** A watch list without its entries. */
export interface WatchList {
  readonly list: number;
  readonly name: string;
  readonly purposes: readonly string[];
  readonly format: string;
  readonly imported: Instant;
  /** Rows of the last import. */
  readonly read: number;
  readonly refused: number;
}

/** A row of the last import that could not be read, or not wholly. */
export interface ListRemark {
  readonly number: number;
  readonly line: number;
  readonly refused: boolean;
  readonly reason: string;
  readonly what: string;
}

export async function listWatchLists(queryable: Queryable): Promise<readonly WatchList[]> {
  const { rows } = await queryable.query<WatchList>(
    'select list, name, purposes, format, imported, read, refused from watch_list order by name',
  );
  return rows;
}

/** @throws Refusal `list-unknown` */
export async function findWatchList(queryable: Queryable, name: string): Promise<WatchList> {
  const found = (await listWatchLists(queryable)).find((list) => list.name === name);
  if (found === undefined) throw new Refusal('list-unknown', { where: name });
  return found;
}

/** What could not be read of a list, in the order of the file. */
export async function pageRemarks(
  queryable: Queryable,
  list: number,
  after: number | undefined,
  limit: number,
): Promise<Page<ListRemark>> {
  const { rows } = await queryable.query<ListRemark>(
    `select number, line, refused, reason, what from watch_list_remark
     where list = $1 and number > $2 order by number limit $3`,
    [list, after ?? 0, limit + 1],
  );
  return pageOf(rows, limit, ({ number }) => [number]);
}

/** Removes a list with its entries and every match they were part of. @throws Refusal `list-unknown` */
export async function removeWatchList(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  name: string,
  by: Caller | undefined,
): Promise<{ readonly list: number; readonly entries: number }> {
  const { list } = await findWatchList(transaction, name);
  const { rowCount } = await transaction.query('delete from subject where list = $1', [list]);
  await transaction.query('delete from watch_list where list = $1', [list]);
  const rooms = `list/${list}/%`;
  for (const table of ['subject_room', 'subject_change', 'subject_snapshot'])
    await transaction.query(`delete from ${table} where room like $1`, [rooms]);
  await writeHouseLog(transaction, crypto, {
    kind: 'administration',
    time: now,
    what: { done: 'watch-list-removed', list, name, by: whoOf(by) },
  });
  return { list, entries: rowCount ?? 0 };
}
