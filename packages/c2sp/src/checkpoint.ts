import { readHash, writeBase64 } from './base64.ts';
import { readDecimal, writeDecimal } from './decimal.ts';
import { FormatError } from './errors.ts';

/** The head of a log, c2sp.org/tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string;
  /** Number of leaves, at most 2^53 - 1. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Lines after the root. ML-DSA-44 cosignatures do not cover them. */
  readonly extension: readonly string[];
}

/** Reads a note's text as a checkpoint: `<origin>\n<size>\n<base64 root>\n` and extension lines. @throws FormatError */
export function readCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const last = lines.pop();
  const [origin, size, root, ...extension] = lines;
  if (last !== '' || origin === undefined || size === undefined || root === undefined || lines.includes('')) {
    throw new FormatError('checkpoint-shape', 'checkpoint');
  }
  return Object.freeze({
    origin,
    size: readDecimal(size, 'checkpoint size'),
    root: readHash(root, 'checkpoint root'),
    extension: Object.freeze(extension),
  });
}

/** Writes a checkpoint's note text, final newline included. @throws FormatError */
export function writeCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extension } = checkpoint;
  if (root.length !== 32) throw new FormatError('hash', 'checkpoint root');
  const lines = [origin, writeDecimal(size, 'checkpoint size'), writeBase64(root), ...extension];
  // oxlint-disable-next-line no-control-regex -- a newline in a part would move all that follows
  if (lines.some((line) => line === '' || /[\u0000-\u001f]/.test(line))) {
    throw new FormatError('checkpoint-shape', 'checkpoint');
  }
  return `${lines.join('\n')}\n`;
}
