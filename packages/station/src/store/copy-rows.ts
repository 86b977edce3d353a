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
  const bytes = Buffer.allocUnsafe(
    rows.reduce((sum, row) => sum + widthOfRow(types, row), header.length + trailer.length),
  );
  let at = header.copy(bytes);
  for (const row of rows) {
    at = bytes.writeInt16BE(types.length, at);
    for (const [column, type] of types.entries()) at = writeValue(bytes, at, type, row[column] ?? null);
  }
  trailer.copy(bytes, at);
  return bytes;
}

function widthOfRow(types: readonly ColumnType[], row: readonly ColumnValue[]): number {
  let width = 2;
  for (const [column, type] of types.entries()) width += 4 + widthOfValue(type, row[column] ?? null);
  return width;
}

function widthOfValue(type: ColumnType, value: ColumnValue): number {
  if (value === null) return 0;
  if (type !== 'bytea' && type !== 'text') return fixedWidth[type];
  return typeof value === 'string' ? Buffer.byteLength(value) : (value as Uint8Array).length;
}

function writeValue(bytes: Buffer, start: number, type: ColumnType, value: ColumnValue): number {
  const width = widthOfValue(type, value);
  const at = bytes.writeInt32BE(value === null ? -1 : width, start);
  if (value === null) return at;
  if (value instanceof Uint8Array) bytes.set(value, at);
  else if (typeof value === 'string') bytes.write(value, at);
  else if (type === 'int8') bytes.writeBigInt64BE(BigInt(value), at);
  else if (type === 'bool') bytes.writeUInt8(value ? 1 : 0, at);
  else bytes.writeIntBE(Number(value), at, width);
  return at + width;
}
