// c2sp.org/tlog-proof@v1
// extra <base64>            (may be left out)
// index 73894
// <base64 hash>             (the inclusion proof, from the leaf's sibling upwards)
//                           (empty line)
// <signed checkpoint>
import { readBase64, writeBase64 } from './base64.ts';
import { writeUtf8 } from './bytes.ts';
import type { C2spCrypto } from './crypto.ts';
import { readDecimal, writeDecimal } from './decimal.ts';
import { FormatError } from './errors.ts';
import { verifyInclusion } from './merkle-proof.ts';
import type { Policy } from './policy.ts';
import { readProofLines, splitHead, writeProofLines } from './proof-lines.ts';
import { NOTE_LIMITS, readNote, writeNote } from './signed-note.ts';
import { markVerified, type Verified } from './verified.ts';
import { type TrustedCheckpoint, verifyCheckpoint } from './verify-checkpoint.ts';

const TITLE = 'c2sp.org/tlog-proof@v1';

/** Room for a note and 64 KiB of extra data. */
const PROOF_BYTES = NOTE_LIMITS.bytes + 96 * 1024;

/** A proof as it arrived: nothing in it is verified. */
export interface TlogProof {
  /** Opaque, never authenticated, even when the proof holds. */
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly inclusion: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly note: Uint8Array;
}

/** A leaf shown to be the `index`-th of a checkpoint the policy trusts. */
export interface TrustedLeaf extends TrustedCheckpoint {
  readonly index: number;
  readonly leaf: Uint8Array;
}

/** @throws FormatError */
export function readTlogProof(bytes: Uint8Array, limit: number = PROOF_BYTES): TlogProof {
  if (bytes.length > limit) throw new FormatError('size-limit', 'tlog-proof');
  const { lines, note } = splitHead(bytes, 'proof-shape', 'tlog-proof');
  const [title, ...rest] = lines;
  if (title !== TITLE) throw new FormatError('proof-shape', 'first line');
  const extra = rest[0]?.startsWith('extra ') ? readBase64(rest.shift()?.slice(6) ?? '', 'extra') : undefined;
  const index = rest.shift();
  if (extra?.length === 0 || index === undefined || !index.startsWith('index ')) {
    throw new FormatError('proof-shape', 'index');
  }
  return Object.freeze({
    ...(extra !== undefined && { extra }),
    index: readDecimal(index.slice(6), 'index'),
    inclusion: readProofLines(rest, 'inclusion proof'),
    note,
  });
}

/** Writes a proof that `readTlogProof` reads back. @throws FormatError */
export function writeTlogProof(proof: TlogProof): string {
  const { extra, index, inclusion, note } = proof;
  const { text, signatures } = readNote(note);
  const lines = [
    TITLE,
    ...(extra === undefined || extra.length === 0 ? [] : [`extra ${writeBase64(extra)}`]),
    `index ${writeDecimal(index, 'index')}`,
    ...writeProofLines(inclusion, 'inclusion proof'),
  ];
  const written = `${lines.join('\n')}\n\n${writeNote(text, signatures)}`;
  readTlogProof(writeUtf8(written, 'tlog-proof'));
  return written;
}

/**
 * Accepts `leaf` (from `leafHash`) if the policy trusts the proof's checkpoint and the inclusion proof holds.
 * @throws FormatError
 */
export function verifyTlogProof(
  crypto: C2spCrypto,
  policy: Policy,
  bytes: Uint8Array,
  leaf: Uint8Array,
  expect: { readonly expectOrigin: string },
): Verified<TrustedLeaf> {
  const { index, inclusion, note } = readTlogProof(bytes);
  const trusted = verifyCheckpoint(crypto, policy, note, expect);
  verifyInclusion(crypto, trusted.checkpoint, index, leaf, inclusion);
  return markVerified(Object.freeze({ ...trusted, index, leaf }));
}
