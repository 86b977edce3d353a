// A bundle is up to 256 entries, each behind its length: 2 bytes, big endian.
import { concatBytes } from './bytes.ts';
import { FormatError } from './errors.ts';

/** Reads a bundle of exactly `width` entries (256 if full); they are views on `bytes`. @throws FormatError */
export function readEntryBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    const start = at + 2;
    const end = start <= bytes.length ? start + view.getUint16(at) : Infinity;
    if (end > bytes.length || entries.length === width)
      throw new FormatError('bundle-shape', `entry ${entries.length}`);
    entries.push(bytes.subarray(start, end));
    at = end;
  }
  if (entries.length !== width || width < 1 || width > 256) throw new FormatError('bundle-shape', 'bundle');
  return entries;
}

/** @throws FormatError if there are not 1 to 256 entries, or one is longer than 65 535 bytes */
export function writeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > 256) throw new FormatError('bundle-shape', 'bundle');
  return concatBytes(
    entries.flatMap((entry, at) => {
      if (entry.length > 0xffff) throw new FormatError('size-limit', `entry ${at}`);
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}
