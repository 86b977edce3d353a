// POST <prefix>/sign-subtree, c2sp.org/tlog-witness:
// subtree <start> <end>
// <base64 hash of the subtree>
// <base64 hash>             (the subtree consistency proof, at most 63)
//                           (empty line)
// <checkpoint cosigned by this witness>
import { readHash, writeBase64 } from './base64.ts';
import { writeUtf8 } from './bytes.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import type { CosignedSubtree } from './cosignature.ts';
import type { C2spCrypto } from './crypto.ts';
import { readDecimal, writeDecimal } from './decimal.ts';
import { FormatError } from './errors.ts';
import { subtreeBelongs } from './merkle-proof.ts';
import { readProofLines, splitHead, writeProofLines } from './proof-lines.ts';
import { type Note, readNote, writeNote } from './signed-note.ts';
import { isSubtree } from './subtree.ts';
import { markVerified, type Verified } from './verified.ts';
import type { KnownVerifierKey } from './vkey.ts';
import { isSignedBy, refuse, REQUEST_BYTES, type WitnessRefusal } from './witness.ts';

/** A request as it arrived: nothing in it is verified but that the range is a subtree of the checkpoint's tree. */
export interface SignSubtree {
  readonly start: number;
  readonly end: number;
  readonly hash: Uint8Array;
  readonly consistency: readonly Uint8Array[];
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

/** A request to be granted by `cosignSubtree`. */
export interface SubtreeGrant {
  readonly status: 200;
  readonly subtree: CosignedSubtree;
}

/** @throws FormatError, to be answered with `refuseMalformed` */
export function readSignSubtree(body: Uint8Array, limit: number = REQUEST_BYTES): SignSubtree {
  if (body.length > limit) throw new FormatError('size-limit', 'request');
  const { lines, note: noteBytes } = splitHead(body, 'request-shape', 'request');
  const [range, hash, ...proof] = lines;
  const [keyword, first, last, ...more] = range?.split(' ') ?? [];
  if (keyword !== 'subtree' || first === undefined || last === undefined || hash === undefined || more.length > 0) {
    throw new FormatError('request-shape', 'subtree');
  }
  const start = readDecimal(first, 'subtree start');
  const end = readDecimal(last, 'subtree end');
  const note = readNote(noteBytes);
  const checkpoint = readCheckpoint(note.text);
  if (!isSubtree(start, end, checkpoint.size)) throw new FormatError('range-outside', 'subtree');
  const consistency = readProofLines(proof, 'consistency proof');
  return Object.freeze({ start, end, hash: readHash(hash, 'subtree hash'), consistency, note, checkpoint });
}

/** Writes the request for a cosigned subtree. @throws FormatError */
export function writeSignSubtree(request: Omit<SignSubtree, 'checkpoint'>): string {
  const { start, end, hash, consistency, note } = request;
  const range = `subtree ${writeDecimal(start, 'subtree start')} ${writeDecimal(end, 'subtree end')}`;
  const lines = [range, writeBase64(hash), ...writeProofLines(consistency, 'consistency proof')];
  const body = `${lines.join('\n')}\n\n${writeNote(note.text, note.signatures)}`;
  readSignSubtree(writeUtf8(body, 'request'));
  return body;
}

/**
 * Judges a request by the rules of sign-subtree, in their order.
 * @param ownKeys this witness's own keys for the request's origin; undefined if the origin is unknown
 */
export function judgeSignSubtree(
  crypto: C2spCrypto,
  request: SignSubtree,
  ownKeys: readonly KnownVerifierKey[] | undefined,
): Verified<SubtreeGrant> | WitnessRefusal {
  const { start, end, hash, consistency, note, checkpoint } = request;
  if (!subtreeBelongs(crypto, { start, end, hash }, checkpoint, consistency)) {
    return refuse(422, 'invalid subtree consistency proof');
  }
  if (ownKeys === undefined) return refuse(404, 'unknown log');
  if (!isSignedBy(crypto, note, ownKeys)) return refuse(403, 'not cosigned by this witness');
  const subtree = Object.freeze({ origin: checkpoint.origin, start, end, hash });
  return markVerified(Object.freeze({ status: 200, subtree }));
}
