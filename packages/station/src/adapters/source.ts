import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** Bytes of a known length that can be read from any place, more than once. */
export interface Source {
  readonly size: number;
  /** The bytes from `from` to before `to`, in pieces. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

// Large enough that a gigabyte is a thousand steps, small enough for a thousand readers.
const piece = 1024 * 1024;

export function bytesSource(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    async *read(from, to) {
      for (let at = from; at < to; at += piece) yield bytes.subarray(at, Math.min(to, at + piece));
    },
  };
}

export function fileSource(path: string, size: number): Source {
  return {
    size,
    // A stream with `end` below `start` would still give a byte.
    read: (from, to) =>
      to <= from
        ? bytesSource(new Uint8Array(0)).read(0, 0)
        : (createReadStream(path, { start: from, end: to - 1, highWaterMark: piece }) as AsyncIterable<Buffer>),
  };
}

/** Waits until a file, and with it its name in the folder, is on the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
