import { to } from 'pg-copy-streams';
import type { ColumnType } from './copy-rows.ts';
import type { Transaction } from './database.ts';

/** A column that is read: its type, with a question mark where it may be empty. */
export type ReadColumn = ColumnType | `${ColumnType}?`;

interface Plain {
  readonly int2: number;
  readonly int4: number;
  readonly int8: number;
  readonly bool: boolean;
  readonly bytea: Uint8Array;
  readonly text: string;
}

/** A row as its columns are declared. */
export type RowOf<Columns extends Readonly<Record<string, ReadColumn>>> = {
  readonly [Name in keyof Columns]: Columns[Name] extends `${infer Type extends ColumnType}?`
    ? Plain[Type] | null
    : Columns[Name] extends ColumnType
      ? Plain[Columns[Name]]
      : never;
};

// PostgreSQL, COPY, binary format: signature (11), flags (4), length of the header extension (4).
const headerLength = 19;

/**
 * Reads many rows with one COPY in binary form: bytes come as they are, not as twice as many hexadecimal digits.
 * @param query without parameters, for COPY takes none: its author writes nothing into it but numbers
 */
export async function readRows<const Columns extends Readonly<Record<string, ReadColumn>>>(
  transaction: Transaction,
  query: string,
  columns: Columns,
): Promise<readonly RowOf<Columns>[]> {
  const pieces: Buffer[] = [];
  const stream = transaction.query(to(`copy (${query}) to stdout (format binary)`));
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const declared = Object.entries(columns);
  const rows: RowOf<Columns>[] = [];
  // A row begins with the number of its columns; −1 ends them all.
  for (let at = headerLength; bytes.readInt16BE(at) !== -1;) {
    at += 2;
    const row: Record<string, Plain[ColumnType] | null> = {};
    for (const [name, column] of declared) {
      const width = bytes.readInt32BE(at);
      at += 4;
      row[name] = width === -1 ? emptyOf(name, column) : readValue(bytes, at, width, typeOf(column));
      at += Math.max(width, 0);
    }
    rows.push(row as RowOf<Columns>);
  }
  return rows;
}

function emptyOf(name: string, column: ReadColumn): null {
  if (!column.endsWith('?')) throw new Error(`column ${name} is empty`);
  return null;
}

function typeOf(column: ReadColumn): ColumnType {
  return (column.endsWith('?') ? column.slice(0, -1) : column) as ColumnType;
}

function readValue(bytes: Buffer, at: number, width: number, type: ColumnType): Plain[ColumnType] {
  switch (type) {
    case 'int2':
    case 'int4':
      return bytes.readIntBE(at, width);
    case 'int8':
      // Sizes and instants stay below 2^53 by check at every door.
      return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
    case 'bool':
      return bytes[at] === 1;
    case 'text':
      return bytes.toString('utf8', at, at + width);
    case 'bytea':
      return bytes.subarray(at, at + width);
    default:
      return type satisfies never;
  }
}
