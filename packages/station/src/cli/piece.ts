import { closeSync, openSync, readSync } from 'node:fs';
import { Refusal } from '@entente/protocol';

/** A stretch of a text file, in bytes: the lines that begin in it. */
export interface Piece {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

// Some five hundred acts: long enough for a thread to be worth asking, short enough to hold several.
const pieceLength = 1024 * 1024;
// An act's body may have 1 MiB, twice that once quoted.
const longestLine = 4 * 1024 * 1024;
// Most acts end within this; where one does not, more is read.
const overshoot = 16 * 1024;
const farOvershoot = 256 * 1024;
const newline = 10;

/** A file's pieces in order; together they hold each of its lines once. */
export function* piecesOf(path: string, length: number): Generator<Piece, void, undefined> {
  for (let from = 0; from < length; from += pieceLength) {
    yield { path, from, to: Math.min(length, from + pieceLength) };
  }
}

/**
 * Calls `onLine` with each line of a piece, without its newline, and with the place of its first byte in the file. The
 * bytes are good until it returns. @throws Refusal `too-large`, or `json-malformed` where the last line is cut
 */
export function readLines(piece: Piece, onLine: (line: Buffer, at: number) => void): void {
  const { from } = piece;
  // A line that begins before the piece is the earlier piece's; whether one does, the byte before says.
  const start = Math.max(0, from - 1);
  const bytes = readWhole(piece, start);
  let at = from === 0 ? 0 : bytes.indexOf(newline) + 1;
  if (from > 0 && at === 0) return;
  while (start + at < piece.to) {
    const end = bytes.indexOf(newline, at);
    if (end === -1) throw new Refusal('json-malformed', { where: piece.path, what: 'the last line is cut' });
    onLine(bytes.subarray(at, end), start + at);
    at = end + 1;
  }
}

/** The piece's bytes from `start`, and those after it to the end of its last line: read at once where that is near. */
function readWhole({ path, to }: Piece, start: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const length = to - start;
    let bytes = readUpTo(file, start, length + overshoot);
    if (bytes.length <= length || bytes[length - 1] === newline || bytes.includes(newline, length)) return bytes;
    for (;;) {
      const more = readUpTo(file, start + bytes.length, farOvershoot);
      bytes = Buffer.concat([bytes, more]);
      if (more.length < farOvershoot || more.includes(newline)) return bytes;
      if (start + bytes.length - to > longestLine) throw new Refusal('too-large', { where: path, what: 'a line' });
    }
  } finally {
    closeSync(file);
  }
}

function readUpTo(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  for (;;) {
    const read = readSync(file, bytes, done, length - done, from + done);
    done += read;
    if (read === 0 || done === length) return bytes.subarray(0, done);
  }
}
