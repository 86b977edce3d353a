// POST <prefix>/add-checkpoint, c2sp.org/tlog-witness:
// old <size>
// <base64 hash>             (the consistency proof, at most 63)
//                           (empty line)
// <signed checkpoint>
import { writeUtf8 } from './bytes.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { verifyNoteSignature } from './cosignature.ts';
import type { C2spCrypto } from './crypto.ts';
import { readDecimal, writeDecimal } from './decimal.ts';
import { FormatError } from './errors.ts';
import { emptyRoot } from './merkle.ts';
import { isConsistent } from './merkle-proof.ts';
import { readProofLines, splitHead, writeProofLines } from './proof-lines.ts';
import { type Note, NOTE_LIMITS, readNote, writeNote } from './signed-note.ts';
import { markVerified, type Verified } from './verified.ts';
import type { KnownVerifierKey } from './vkey.ts';

/** Room for a note and 63 hashes. */
export const REQUEST_BYTES: number = NOTE_LIMITS.bytes + 4096;

/** A request as it arrived: nothing in it is verified. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly consistency: readonly Uint8Array[];
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

/** The head this witness last cosigned for an origin. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** A request refused: the answer to give. */
export interface WitnessRefusal {
  readonly status: 400 | 403 | 404 | 409 | 422;
  readonly body: string;
  readonly contentType: string;
}

/** A request to be granted: compare-and-swap the head from `old` to `checkpoint`, and only then cosign `note.text`. */
export interface WitnessGrant {
  readonly status: 200;
  /** The head the swap must find; undefined if this witness never cosigned the origin. */
  readonly old: Head | undefined;
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

/** @throws FormatError, to be answered with `refuseMalformed` */
export function readAddCheckpoint(body: Uint8Array, limit: number = REQUEST_BYTES): AddCheckpoint {
  if (body.length > limit) throw new FormatError('size-limit', 'request');
  const { lines, note: noteBytes } = splitHead(body, 'request-shape', 'request');
  const [old, ...proof] = lines;
  if (old === undefined || !old.startsWith('old ')) throw new FormatError('request-shape', 'old size');
  const oldSize = readDecimal(old.slice(4), 'old size');
  const note = readNote(noteBytes);
  return Object.freeze({
    oldSize,
    consistency: readProofLines(proof, 'consistency proof'),
    note,
    checkpoint: readCheckpoint(note.text),
  });
}

/** Writes the request a log sends its witness. @throws FormatError */
export function writeAddCheckpoint(request: Pick<AddCheckpoint, 'oldSize' | 'consistency' | 'note'>): string {
  const { oldSize, consistency, note } = request;
  const lines = [`old ${writeDecimal(oldSize, 'old size')}`, ...writeProofLines(consistency, 'consistency proof')];
  const body = `${lines.join('\n')}\n\n${writeNote(note.text, note.signatures)}`;
  readAddCheckpoint(writeUtf8(body, 'request'));
  return body;
}

/** The answer to a body `readAddCheckpoint` threw at. */
export function refuseMalformed(error: FormatError): WitnessRefusal {
  return refuse(400, error.message);
}

/**
 * Judges a request by the rules of add-checkpoint, in their order.
 * @param knownKeys the keys trusted for the request's origin; undefined if the origin is unknown
 * @param latest the head this witness last cosigned for that origin
 */
export function judgeAddCheckpoint(
  crypto: C2spCrypto,
  request: AddCheckpoint,
  knownKeys: readonly KnownVerifierKey[] | undefined,
  latest: Head | undefined,
): Verified<WitnessGrant> | WitnessRefusal {
  const { oldSize, consistency, note, checkpoint } = request;
  if (knownKeys === undefined) return refuse(404, 'unknown log');
  if (!isSignedBy(crypto, note, knownKeys)) return refuse(403, 'invalid signature');
  if (oldSize > checkpoint.size) return refuse(400, 'old size above the checkpoint size');
  const latestSize = latest?.size ?? 0;
  if (oldSize !== latestSize) {
    return { status: 409, body: `${latestSize}\n`, contentType: 'text/x.tlog.size' };
  }
  const old = latest ?? { size: 0, root: emptyRoot(crypto) };
  // For one size twice this compares the roots; for size zero, with the empty tree's.
  if (!isConsistent(crypto, old, checkpoint, consistency)) return refuse(422, 'invalid consistency proof');
  return markVerified(Object.freeze({ status: 200, old: latest, checkpoint, note }));
}

/** Whether a trusted key signed, and no line that points at a trusted key fails. */
export function isSignedBy(crypto: C2spCrypto, note: Note, keys: readonly KnownVerifierKey[]): boolean {
  try {
    return keys.map((vkey) => verifyNoteSignature(crypto, note, vkey)).some((signature) => signature !== undefined);
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

export function refuse(status: 400 | 403 | 404 | 422, reason: string): WitnessRefusal {
  return { status, body: `${reason}\n`, contentType: 'text/plain; charset=utf-8' };
}
