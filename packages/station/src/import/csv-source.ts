import { Refusal } from '@entente/protocol';
import type { Property } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';

/** A record of a CSV: its cells with their places, `line 4, column 2` (the line on which the record begins). */
export type Row = readonly Property[];

/**
 * Reads CSV as RFC 4180 has it, with the separator its first line uses (comma, semicolon, tab or bar). A quote that is
 * not closed, and records that differ in length, are refused: what follows would be read in the wrong column.
 * @throws Refusal `attachment-malformed`, `too-large`
 */
export function readCsv(text: string, limits: ImportLimits): readonly Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let cells: Property[] = [];
  let at = 0;
  let line = 1;
  let begins = 1;
  let count = 0;
  while (at < text.length) {
    const { value, end } = readCell(text, at, separator, line);
    cells.push({ place: `line ${begins}, column ${cells.length + 1}`, value });
    if ((count += 1) > limits.properties)
      throw new Refusal('too-large', { what: `more than ${limits.properties} cells` });
    for (let i = at; i < end; i += 1) if (text[i] === '\n') line += 1;
    const lineEnd = text.startsWith('\r\n', end) ? 2 : '\r\n'.includes(text[end] ?? '\n') ? 1 : 0;
    at = end + (lineEnd === 0 ? 1 : lineEnd);
    if (lineEnd === 0 && at < text.length) continue;
    if (lineEnd === 0) cells.push({ place: `line ${begins}, column ${cells.length + 1}`, value: '' });
    if (cells.length > 1 || cells[0]?.value !== '') rows.push(cells);
    cells = [];
    line += 1;
    begins = line;
  }
  checkWidths(rows);
  return rows;
}

/** Whether a text is laid out as a table: two records or more, two columns or more, all of one length. */
export function isCsv(text: string, limits: ImportLimits): boolean {
  try {
    const rows = readCsv(text, limits);
    return rows.length > 1 && (rows[0]?.length ?? 0) > 1;
  } catch (cause) {
    if (cause instanceof Refusal) return false;
    throw cause;
  }
}

function readCell(text: string, at: number, separator: string, line: number): { value: string; end: number } {
  if (text[at] !== '"') {
    // One pass: looking for each stop by itself would search the whole rest for one that never comes.
    let end = at;
    while (end < text.length && !isStop(text[end], separator)) end += 1;
    return { value: text.slice(at, end), end };
  }
  let end = text.indexOf('"', at + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  const after = end + 1;
  if (end < 0 || !(after === text.length || isStop(text[after], separator)))
    throw new Refusal('attachment-malformed', { where: `line ${line}`, what: 'a quote that is not closed' });
  return { value: text.slice(at + 1, end).replaceAll('""', '"'), end: after };
}

function isStop(character: string | undefined, separator: string): boolean {
  return character === separator || character === '\r' || character === '\n';
}

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0].replaceAll(/"[^"]*"/g, '') ?? '';
  const counted = [',', ';', '\t', '|'].map((separator) => ({ separator, n: first.split(separator).length }));
  return counted.sort((one, other) => other.n - one.n)[0]?.separator ?? ',';
}

function checkWidths(rows: readonly Row[]): void {
  const width = rows[0]?.length ?? 0;
  const odd = rows.find((row) => row.length !== width);
  if (odd === undefined) return;
  const where = odd[0]?.place.replace(/, column.*/, '') ?? '';
  throw new Refusal('attachment-malformed', { where, what: `${odd.length} columns, the first line has ${width}` });
}
