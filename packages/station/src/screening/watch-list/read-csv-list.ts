import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { Refusal } from '@entente/protocol';
import type { SaidNumber, SaidSubject } from '@entente/tracks';
import { type Column, columnOf } from './csv-columns.ts';
import { textOf } from './lines.ts';
import { readBirth } from './read-birth.ts';
import { refusedRow, rowLimits, type RowRead } from './row-read.ts';

/** A heading as written, and what its column holds where that is known. */
interface Heading {
  readonly written: string;
  readonly column: Column | undefined;
}

type Cells = ReadonlyMap<Column, readonly string[]>;

/**
 * Reads a table whose first line holds headings. `mapping` says of headings what they are, by the names of `columns`; the
 * others are known by their words in French, Arabic and English, and what is known by neither is kept with the entry.
 * @throws Refusal `list-malformed` where no column holds a name or a number, or a quote is never closed
 */
export async function* readCsvList(
  bytes: AsyncIterable<Uint8Array>,
  mapping: Readonly<Record<string, string>> = {},
): AsyncGenerator<RowRead> {
  const refused: RowRead[] = [];
  const { separator, all } = await separatorOf(textOf(bytes));
  const rows = parse({
    delimiter: separator,
    relax_column_count: true,
    skip_records_with_error: true,
    skip_empty_lines: true,
    max_record_size: rowLimits.bytes,
    info: true,
  });
  // What ends the source ends the rows with the same error, and is thrown where they are read.
  pipeline(Readable.from(all), rows, () => {});
  rows.on('skip', (error: CsvError) => {
    // What follows an open quote was taken for its inside: nobody knows how many rows that was.
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') rows.destroy(error);
    else refused.push(refusedRow(lineIn(error), 'row-malformed', error.code));
  });
  let headings: readonly Heading[] | undefined;
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield* refused.splice(0);
      if (headings === undefined) headings = headingsOf(record, mapping);
      else yield readRow(info.lines, headings, record);
    }
    yield* refused.splice(0);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new Refusal('list-malformed', { where: `line ${lineIn(cause)}`, what: cause.code }, { cause });
  }
  if (headings === undefined) throw new Refusal('list-malformed', { what: 'an empty table' });
}

function lineIn(error: CsvError): number {
  const { lines } = error as { readonly lines?: unknown };
  return typeof lines === 'number' ? lines : 0;
}

/** The separator that the first line has most of; nothing of the text is lost. */
async function separatorOf(
  text: AsyncGenerator<string>,
): Promise<{ readonly separator: string; readonly all: AsyncGenerator<string> }> {
  let start = '';
  for (let piece = await text.next(); piece.done !== true; piece = await text.next()) {
    start += piece.value;
    if (start.includes('\n') || start.length > rowLimits.bytes) break;
  }
  const first = start.split('\n', 1)[0]?.replaceAll(/"[^"]*"/g, '') ?? '';
  const counted = [',', ';', '\t', '|'].map((separator) => ({ separator, count: first.split(separator).length }));
  const separator = counted.toSorted((one, other) => other.count - one.count)[0]?.separator ?? ',';
  const all = async function* (): AsyncGenerator<string> {
    yield start;
    yield* text;
  };
  return { separator, all: all() };
}

function headingsOf(record: readonly string[], mapping: Readonly<Record<string, string>>): readonly Heading[] {
  const missing = Object.keys(mapping).find((heading) => !record.includes(heading));
  if (missing !== undefined) throw new Refusal('list-malformed', { where: 'line 1', what: `no column ${missing}` });
  const headings = record.map((written) => ({ written, column: columnOf(mapping[written] ?? written) }));
  const isCompared = headings.some(({ column }) => column !== undefined && compared.has(column));
  if (!isCompared) throw new Refusal('list-malformed', { where: 'line 1', what: 'no column of names or numbers' });
  return headings;
}

const numbers: Readonly<Partial<Record<Column, string>>> = {
  document: 'document',
  telephone: 'telephone',
  plate: 'plate',
  account: 'account',
  handle: 'handle',
  registration: 'registration',
};
const compared: ReadonlySet<Column> = new Set(['name', 'family', 'given', ...(Object.keys(numbers) as Column[])]);

function readRow(line: number, headings: readonly Heading[], record: readonly string[]): RowRead {
  if (record.length !== headings.length)
    return refusedRow(line, 'row-malformed', `${record.length} columns, the first line has ${headings.length}`);
  const cells = new Map<Column, string[]>();
  const details: Record<string, string> = {};
  for (const [at, { written, column }] of headings.entries()) {
    const text = record[at]?.trim().slice(0, rowLimits.details) ?? '';
    if (text === '') continue;
    if (column === undefined) details[written.slice(0, 100)] = text;
    else cells.set(column, [...(cells.get(column) ?? []), ...valuesIn(column, text)]);
  }
  for (const column of ['nationality', 'remark'] as const) {
    const values = cells.get(column);
    if (values !== undefined) details[column] = values.join('; ');
  }
  const births = (cells.get('birth') ?? []).map(readBirth);
  const said = saidOf(
    cells,
    births.filter((birth) => birth !== undefined),
  );
  if (said === undefined) return refusedRow(line, 'nothing-to-compare', 'neither a name nor a number');
  const remarks = births.includes(undefined) ? [{ reason: 'date-unread' as const, what: 'birth' }] : [];
  return { kind: 'entry', line, entry: cells.get('id')?.[0], said, details, remarks };
}

/** Several values of one cell stand apart by `;` or `|`; an id is one value whatever it holds. */
function valuesIn(column: Column, text: string): readonly string[] {
  if (column === 'id' || column === 'remark') return [text];
  const values = text.split(/[;|]/).map((value) => value.trim().slice(0, rowLimits.text));
  return values.filter((value) => value !== '').slice(0, rowLimits.values);
}

function saidOf(cells: Cells, births: readonly string[]): Omit<SaidSubject, 'place'> | undefined {
  const of = (column: Column): readonly string[] => cells.get(column) ?? [];
  const parts = [...of('given'), ...of('patronymic'), ...of('family')];
  const names = [...of('name'), ...(parts.length === 0 ? [] : [parts.join(' ')]), ...of('alias')].slice(
    0,
    rowLimits.names,
  );
  const [nationality] = of('nationality');
  const country = nationality === undefined ? {} : { country: nationality };
  const said: readonly SaidNumber[] = Object.entries(numbers).flatMap(([column, kind]) =>
    of(column as Column).map((number) => ({ kind, number, ...country })),
  );
  const label = names[0] ?? said[0]?.number;
  if (label === undefined) return undefined;
  const kind = kindOf(of('kind')[0], names, said);
  const sex = sexWords[of('sex')[0]?.toLowerCase() ?? ''];
  const documents = of('document').map((number) => ({ kind: of('documentKind')[0] ?? 'other', number }));
  const isNamed = names.length > 0 && (kind === 'person' || kind === 'organisation');
  if (!isNamed && said.length === 0) return undefined;
  const identity = { names, births, birthplaces: of('birthplace'), documents, sex };
  return { kind, label, identity: isNamed ? identity : undefined, numbers: said };
}

const sexWords: Readonly<Record<string, 'female' | 'male'>> = {
  f: 'female',
  female: 'female',
  femme: 'female',
  أنثى: 'female',
  w: 'female',
  m: 'male',
  male: 'male',
  homme: 'male',
  h: 'male',
  ذكر: 'male',
};
const kindWords: Readonly<Record<string, string>> = {
  person: 'person',
  personne: 'person',
  individual: 'person',
  شخص: 'person',
  organisation: 'organisation',
  organization: 'organisation',
  entity: 'organisation',
  société: 'organisation',
  منظمة: 'organisation',
  vehicle: 'vehicle',
  véhicule: 'vehicle',
  مركبة: 'vehicle',
  telephone: 'telephone',
  téléphone: 'telephone',
  هاتف: 'telephone',
  account: 'account',
  compte: 'account',
  حساب: 'account',
  document: 'document',
  وثيقة: 'document',
};
const kindOfNumber: Readonly<Record<string, string>> = {
  telephone: 'telephone',
  plate: 'vehicle',
  account: 'account',
  document: 'document',
  handle: 'online-identity',
  registration: 'organisation',
};

/** What the row says it is; else a person where it has a name, else what its first number belongs to. */
function kindOf(word: string | undefined, names: readonly string[], said: readonly SaidNumber[]): string {
  const known = word === undefined ? undefined : kindWords[word.toLowerCase()];
  if (known !== undefined) return known;
  return names.length > 0 ? 'person' : (kindOfNumber[said[0]?.kind ?? ''] ?? 'document');
}
