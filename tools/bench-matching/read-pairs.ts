import { join } from 'node:path';
import type { Identity } from '@entente/matching';
import { isThere, readTable, refuse } from './read-table.ts';

/** Two identities of which somebody knows whether they are one person. */
export interface LabelledPair {
  readonly left: Identity;
  readonly right: Identity;
  readonly same: boolean;
  /** Why the pair is in the table, for example `neg_confusable`. */
  readonly kind: string;
}

/** The tables of pairs, as their figures begin. */
export type PairTable = keyof typeof tables;

const tables = {
  pairs: { file: 'pairs.tsv', columns: ['label', 'kind', 'name_a', 'name_b'] },
  identity: { file: 'identity_pairs.tsv', columns: ['label', 'kind', 'name_a', 'dob_a', 'name_b', 'dob_b'] },
  nk: { file: 'nk_cases.tsv', columns: ['label', 'group', 'name_a', 'name_b'] },
} as const;

export const pairTables = Object.keys(tables) as readonly PairTable[];

/**
 * Reads these tables of a data folder; one that the folder does not have is left out and said.
 * @throws Error that says every fault of a table with its line
 */
export async function readPairs(
  folder: string,
  wanted: readonly PairTable[],
  say: (what: string) => void,
): Promise<ReadonlyMap<PairTable, readonly LabelledPair[]>> {
  const found = new Map<PairTable, readonly LabelledPair[]>();
  for (const table of wanted) {
    const file = join(folder, tables[table].file);
    if (await isThere(file)) found.set(table, await readPairTable(file, tables[table].columns));
    else say(`${file} is not there: no ${table} figures`);
  }
  return found;
}

async function readPairTable(file: string, columns: readonly string[]): Promise<readonly LabelledPair[]> {
  const rows = await readTable(file, columns);
  const isLabel = /^[01]$/;
  refuse(rows.flatMap((row, at) => (isLabel.test(row['label'] ?? '') ? [] : [`${file}:${at + 2}: label is 0 or 1`])));
  return rows.map((row) => ({
    left: identityOf(row['name_a'], row['dob_a']),
    right: identityOf(row['name_b'], row['dob_b']),
    same: row['label'] === '1',
    kind: row['kind'] ?? row['group'] ?? '',
  }));
}

/** One name and what the table says of the birth: nothing, or one or more dates with `|` between them. */
export function identityOf(name = '', births = ''): Identity {
  return births === '' ? { names: [name] } : { names: [name], births: births.split('|') };
}
