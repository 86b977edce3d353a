import { access, readFile } from 'node:fs/promises';

/** A row of a table, by column. */
export type Row<Column extends string> = Readonly<Record<Column, string>>;

const mostFaultsSaid = 20;

/**
 * Reads a table as the data folders hold it: UTF-8, a line of column names, then a row a line, cells between tabs, nothing quoted.
 * Columns may stand in any order and there may be more of them; a row with more or fewer cells than the first is a fault.
 * @throws Error that says every fault, at most twenty, each with its line.
 */
export async function readTable<Column extends string>(
  file: string,
  columns: readonly Column[],
): Promise<readonly Row<Column>[]> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  const [head, ...lines] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const names = head?.split('\t') ?? [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new Error(`${file}: no column ${missing.join(', ')} in its first line`);
  const places = columns.map((column) => [column, names.indexOf(column)] as const);
  const faults: string[] = [];
  const rows = lines.map((line, index) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) {
      faults.push(`${file}:${index + 2}: ${cells.length} cells under ${names.length} columns`);
    }
    return Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ''])) as Row<Column>;
  });
  refuse(faults);
  return rows;
}

/** @throws Error that says the faults, where there are any. */
export function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length - mostFaultsSaid;
  throw new Error([...faults.slice(0, mostFaultsSaid), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}

export async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
