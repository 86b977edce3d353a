import { from } from 'pg-copy-streams';
import type { Transaction } from './database.ts';

/** The types of columns that are copied, by their names in PostgreSQL. */
export type ColumnType = 'int2' | 'int4' | 'int8' | 'bool' | 'bytea' | 'text';
export type ColumnValue = number | boolean | Uint8Array | string | null;

// PostgreSQL, COPY, binary format: signature, flags, length of the header extension.
const header: Buffer = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const trailer: Buffer = Buffer.from([0xff, 0xff]);
const pieceSize = 64 * 1024;
const fixedWidth = { int2: 2, int4: 4, int8: 8, bool: 1 } as const;

/** Writes many rows with one COPY in binary form: several times the speed of inserts. */
export async function copyRows(
  transaction: Transaction,
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  rows: readonly (readonly ColumnValue[])[],
): Promise<void> {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const stream = transaction.query(from(`copy ${table} (${names.join(', ')}) from stdin (format binary)`));
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.on('finish', resolve);
    const bytes = writeRows(Object.values(columns), rows);
    // The server takes a message whole into fresh memory: in pieces it is the same memory again.
    for (let at = 0; at < bytes.length; at += pieceSize) stream.write(bytes.subarray(at, at + pieceSize));
    stream.end();
  });
}

function writeRows(types: readonly ColumnType[], rows: readonly (readonly ColumnValue[])[]): Buffer {
  let width = header.length + trailer.length;
  for (const row of rows) width += widthOfRow(types, row);
  const bytes = Buffer.allocUnsafe(width);
  let at = header.copy(bytes);
  for (const row of rows) {
    at = bytes.writeInt16BE(types.length, at);
    // By index: an iterator makes an object for each column of each row.
    for (let column = 0; column < types.length; column++)
      at = writeValue(bytes, at, typeAt(types, column), row[column]);
  }
  trailer.copy(bytes, at);
  return bytes;
}

function widthOfRow(types: readonly ColumnType[], row: readonly ColumnValue[]): number {
  let width = 2;
  for (let column = 0; column < types.length; column++) width += 4 + widthOfValue(typeAt(types, column), row[column]);
  return width;
}

function typeAt(types: readonly ColumnType[], column: number): ColumnType {
  const type = types[column];
  if (type === undefined) throw new Error(`no column ${column}`);
  return type;
}

function widthOfValue(type: ColumnType, value: ColumnValue | undefined): number {
  if (value === null || value === undefined) return 0;
  if (type !== 'bytea' && type !== 'text') return fixedWidth[type];
  return typeof value === 'string' ? Buffer.byteLength(value) : (value as Uint8Array).length;
}

function writeValue(bytes: Buffer, start: number, type: ColumnType, value: ColumnValue | undefined): number {
  if (value === null || value === undefined) return bytes.writeInt32BE(-1, start);
  const width = widthOfValue(type, value);
  const at = bytes.writeInt32BE(width, start);
  if (value instanceof Uint8Array) bytes.set(value, at);
  else if (typeof value === 'string') bytes.write(value, at);
  else if (type === 'int8') writeInt8(bytes, at, Number(value));
  else if (type === 'bool') bytes.writeUInt8(value ? 1 : 0, at);
  else bytes.writeIntBE(Number(value), at, width);
  return at + width;
}

/** Sizes and instants stay below 2^53: no BigInt an integer. */
function writeInt8(bytes: Buffer, at: number, value: number): void {
  bytes.writeInt32BE(Math.floor(value / 2 ** 32), at);
  bytes.writeUInt32BE(value >>> 0, at + 4);
}
