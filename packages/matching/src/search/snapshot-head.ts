import { SearchRefusal } from './search-refusal.ts';
import { readText, writeText } from './text-bytes.ts';

/*
 * A snapshot is its head and, behind it, parts of bytes in the order the head names them:
 *   {"format":"entente-identity-index","version":2,"size":2,"segments":1,"lengths":[…],"digest":"9f…"}\n
 *   forms, a text a line · bearers of each class, u32 · of each segment: records, key slots, rows' records, rows' births,
 *   then starts and rows of singles, pairs and documents, all u32 in little-endian order
 */
export type SnapshotHead = {
  /** Identities held. */
  readonly size: number;
  readonly segments: number;
  /** Of each part, in bytes. */
  readonly lengths: readonly number[];
  /** See `digestOf`. */
  readonly digest: string;
};

const FORMAT = 'entente-identity-index';
const VERSION = 2;
const LONGEST_HEAD = 65_536;
const NEWLINE = 10;

export const SHARED_PARTS = 2;
export const PARTS_OF_SEGMENT = 10;

export function writeHead(head: SnapshotHead): Uint8Array {
  return writeText(`${JSON.stringify({ format: FORMAT, version: VERSION, ...head })}\n`);
}

/** Reads the head from the first bytes, and answers it with its length; undefined where more bytes are needed. */
export function readHead(bytes: Uint8Array): { readonly head: SnapshotHead; readonly length: number } | undefined {
  const end = bytes.indexOf(NEWLINE);
  if (end < 0 && bytes.length <= LONGEST_HEAD) return undefined;
  if (end < 0 || end > LONGEST_HEAD) throw new SearchRefusal('snapshot-foreign');
  return { head: checkHead(readJson(bytes.subarray(0, end))), length: end + 1 };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(readText(bytes));
  } catch {
    throw new SearchRefusal('snapshot-foreign');
  }
}

function checkHead(value: unknown): SnapshotHead {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== FORMAT)
    throw new SearchRefusal('snapshot-foreign');
  const { version, size, segments, lengths, digest } = value as Record<string, unknown>;
  if (version !== VERSION) throw new SearchRefusal('snapshot-version');
  if (
    !isCount(size) ||
    !isCount(segments) ||
    typeof digest !== 'string' ||
    !Array.isArray(lengths) ||
    !lengths.every(isCount)
  ) {
    throw new SearchRefusal('snapshot-damaged');
  }
  if (lengths.length !== SHARED_PARTS + segments * PARTS_OF_SEGMENT) throw new SearchRefusal('snapshot-damaged');
  return { size, segments, lengths, digest };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
