import type { FileHandle } from 'node:fs/promises';
import { Refusal } from '@entente/protocol';
import { storeFull } from '../../adapters/store-full.ts';

// One write for sixteen chunks of age.
const batchBytes = 1024 * 1024;

/**
 * Writes pieces one after the other from `offset` on, at most up to `limit`. What came before a source breaks is kept.
 * Returns where the file now ends.
 * @param written told of pieces that are in the file: their memory is the source's again
 * @throws Refusal `too-large`, `store-full`, and whatever the source throws
 */
export async function appendPieces(
  file: FileHandle,
  offset: number,
  limit: number,
  source: AsyncIterable<Uint8Array>,
  written: (pieces: readonly Uint8Array[]) => void = () => {},
): Promise<number> {
  let end = offset;
  let batch: Uint8Array[] = [];
  let batched = 0;
  let writing: Promise<void> = Promise.resolve();
  // One batch is written while the next is received or sealed; never more, so that memory stays the same.
  const flush = async (): Promise<void> => {
    await writing;
    const [pieces, position] = [batch, end];
    writing = storeFull(() => writeAll(file, pieces, position)).then(() => written(pieces));
    // Waited for above or below; a failure in between must not count as nobody's.
    writing.catch(() => {});
    end += batched;
    batch = [];
    batched = 0;
  };
  try {
    for await (const piece of source) {
      if (end + batched + piece.length > limit) throw new Refusal('too-large', { where: 'attachment' });
      batch.push(piece);
      batched += piece.length;
      if (batched >= batchBytes) await flush();
    }
  } finally {
    if (batched > 0) await flush();
    await writing;
  }
  return end;
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], position: number): Promise<void> {
  const { bytesWritten } = await file.writev(pieces, position);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // A short write comes before "no space left": the rest is tried alone, and then fails with the reason.
  if (bytesWritten < length) {
    await writeAll(file, [Buffer.concat(pieces).subarray(bytesWritten)], position + bytesWritten);
  }
}
