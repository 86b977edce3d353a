import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Row = Readonly<Record<string, string>>;

/** A table with a first line of column names. */
export function readRows(path: string): Row[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

export type Data = {
  readonly tokens: readonly Row[];
  readonly index: readonly Row[];
  readonly distractors: readonly Row[];
  readonly pairs: readonly Row[];
  readonly identityPairs: readonly Row[];
  readonly cases: readonly Row[];
};

/** The tables of a folder laid out like `dev`, with `tokens.tsv` in it or beside it. */
export function readData(folder: string): Data {
  return {
    tokens: readRows(join(folder, '..', 'tokens.tsv')),
    index: readRows(join(folder, 'index.tsv')),
    distractors: readRows(join(folder, 'distractors_real.tsv')),
    pairs: readRows(join(folder, 'pairs.tsv')),
    identityPairs: readRows(join(folder, 'identity_pairs.tsv')),
    cases: readRows(join(folder, 'nk_cases.tsv')),
  };
}
