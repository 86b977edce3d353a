import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { systemClock } from '../adapters/clock.ts';
import { importWatchList } from '../screening/watch-list/import-watch-list.ts';
import { remarkWords } from '../screening/watch-list/remark-words.ts';
import { remarkReasons, watchListFormats } from '../screening/watch-list/row-read.ts';
import { transact } from '../store/database.ts';
import { findWatchList, type ListRemark, listWatchLists, pageRemarks, removeWatchList } from '../store/watch-lists.ts';
import type { Command, Context, Outcome } from './command.ts';
import type { Input } from './input.ts';
import { openDatabaseOf } from './open-station.ts';
import { table } from './table.ts';

const shownRemarks = 100;

/** Takes a watch list over, or replaces it. */
export const watchlistImport: Command = {
  name: 'watchlist import',
  summary: 'Take over a watch list: CSV, FollowTheMoney entities or the UN list’s XML; every row not read is named',
  operands: 'FILE',
  options: {
    name: { value: 'NAME', describe: 'the list; importing the same name again replaces it', isNew: true },
    format: { value: 'csv|ftm|un', describe: 'what the file is' },
    for: {
      value: 'TRACK/PURPOSE',
      multiple: true,
      describe: 'a purpose for which the list may be searched; repeat it',
    },
    map: {
      value: 'HEADING=COLUMN',
      multiple: true,
      describe: 'what a heading of a CSV stands for: name, family, birth…',
    },
  },
  examples: [
    'watchlist import wanted.csv --name wanted --format csv --for leads/investigation --map Patronyme=family',
    'watchlist import consolidated.xml --name un --format un --for leads/prevention --for leads/investigation',
  ],
  async run(input, context): Promise<Outcome> {
    const path = input.operand(0, 'FILE');
    const format = watchListFormats.find((one) => one === input.required('format'));
    if (format === undefined) throw new Refusal('usage', { what: `--format: ${watchListFormats.join(', ')}` });
    await stat(path).catch((cause: unknown) => {
      throw new Refusal('usage', { what: `${path} cannot be read` }, { cause });
    });
    const { database, close } = await openDatabaseOf(context.home, context.databaseUrl);
    try {
      const mapping = Object.fromEntries(input.list('map').map(pairIn));
      const imported = await importWatchList(
        { database, crypto: nodeCrypto, clock: systemClock },
        { name: input.required('name'), purposes: input.list('for'), format, mapping, bytes: createReadStream(path) },
        undefined,
        (rows) => context.terminal.progress('rows', rows, rows),
      );
      const { items } = await pageRemarks(database, imported.list, undefined, shownRemarks);
      const { rows, read, refused, added, changed, removed } = imported;
      const text = [
        `${imported.name}: ${rows} rows, ${read} read, ${refused} refused; ${added} added, ${changed} changed, ${removed} removed`,
        ...remarkLines(items, context),
        ...(items.length < shownRemarks ? [] : [`… all of them: entente watchlist list ${imported.name} --json`]),
      ].join('\n');
      return { text, json: { ...imported, remarks: items.map((item) => ({ ...item })) }, failed: refused > 0 };
    } finally {
      await close();
    }
  },
};

function pairIn(pair: string): readonly [string, string] {
  const at = pair.lastIndexOf('=');
  if (at < 1) throw new Refusal('usage', { what: '--map HEADING=COLUMN' });
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function remarkLines(remarks: readonly ListRemark[], { language }: Context): readonly string[] {
  return remarks.map(({ line, refused, reason, what }) => {
    const known = remarkReasons.find((one) => one === reason);
    const said = known === undefined ? reason : remarkWords[known][language];
    return `  line ${line}: ${refused ? 'refused' : 'in part'}: ${said} (${what})`;
  });
}

/** The watch lists, or what of one could not be read. */
export const watchlistList: Command = {
  name: 'watchlist list',
  summary: 'List the watch lists; with a name, every row of its last import that could not be read',
  operands: '[NAME]',
  options: {},
  examples: ['watchlist list', 'watchlist list wanted --json'],
  async run(input, context): Promise<Outcome> {
    const { database, close } = await openDatabaseOf(context.home, context.databaseUrl);
    try {
      const [name] = input.operands;
      if (name === undefined) {
        const lists = await listWatchLists(database);
        const rows = lists.map(({ name: list, format, read, refused, purposes }) => [
          list,
          format,
          `${read} read`,
          `${refused} refused`,
          purposes.join(', '),
        ]);
        return {
          text: table(rows, 'No watch list.'),
          json: lists.map((list) => ({ ...list, purposes: [...list.purposes] })),
        };
      }
      const { list } = await findWatchList(database, name);
      const remarks: ListRemark[] = [];
      for (let after: number | undefined = 0; after !== undefined;) {
        const { items, next } = await pageRemarks(database, list, after, 500);
        remarks.push(...items);
        after = next === undefined ? undefined : items.at(-1)?.number;
      }
      const lines = remarkLines(remarks, context);
      return { text: lines.join('\n') || 'Every row was read.', json: remarks.map((remark) => ({ ...remark })) };
    } finally {
      await close();
    }
  },
};

/** Removes a watch list. */
export const watchlistRemove: Command = {
  name: 'watchlist remove',
  summary: 'Remove a watch list with its entries and every match they were part of',
  operands: 'NAME',
  options: {},
  examples: ['watchlist remove wanted'],
  async run(input: Input, { home, databaseUrl }): Promise<Outcome> {
    const name = input.operand(0, 'NAME');
    const { database, close } = await openDatabaseOf(home, databaseUrl);
    try {
      const { entries } = await transact(database, (transaction) =>
        removeWatchList(transaction, nodeCrypto, systemClock.now(), name, undefined),
      );
      return { text: `${name}: removed with ${entries} entries`, json: { name, entries } };
    } finally {
      await close();
    }
  },
};
