import { concatBytes, uint64, writeUtf8 } from './bytes.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { C2spCrypto } from './crypto.ts';
import { FormatError } from './errors.ts';
import { makeSignature, type Note, type NoteSignature, writeNote } from './signed-note.ts';
import { isSubtree } from './subtree.ts';
import { markVerified, type Verified } from './verified.ts';
import type { KnownVerifierKey } from './vkey.ts';

/** A private key behind its verifier key; `sign` gets the whole message (no prehash, empty context). */
export interface Signer {
  readonly vkey: KnownVerifierKey;
  sign(message: Uint8Array): Uint8Array;
}

/** What a verified signature says besides the text. */
export interface VerifiedSignature {
  readonly vkey: KnownVerifierKey;
  /** POSIX seconds; undefined for type 1. Zero makes no statement about time. */
  readonly timestamp: number | undefined;
}

const SIGNATURE_LENGTH = { 1: 64, 4: 64, 6: 2420 } as const;

/** Signs a checkpoint with every signer and writes the note. `time` is in POSIX seconds. @throws FormatError */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[], time: number): string {
  const text = writeCheckpoint(checkpoint);
  return writeNote(
    text,
    signers.map((signer) => cosign(signer, text, time)),
  );
}

/** Signs a note's text as the signer's type demands; types 4 and 6 sign checkpoints only. @throws FormatError */
export function cosign(signer: Signer, text: string, time: number): NoteSignature {
  const { vkey } = signer;
  const signature = signer.sign(signedMessage(vkey, text, time));
  if (signature.length !== SIGNATURE_LENGTH[vkey.type]) throw new FormatError('signature-length', vkey.name);
  return makeSignature(vkey.name, vkey.keyId, vkey.type === 1 ? signature : concatBytes([uint64(time), signature]));
}

/**
 * Verifies every line of the note that bears this key's name and id.
 * @returns the first of them, or undefined if there is none
 * @throws FormatError `signature-invalid` if one fails: then the whole note is to be refused
 */
export function verifyNoteSignature(
  crypto: C2spCrypto,
  note: Note,
  vkey: KnownVerifierKey,
): VerifiedSignature | undefined {
  const lines = note.signatures.filter(({ name, keyId }) => name === vkey.name && keyId === vkey.keyId);
  const [first] = lines.map((line) => verifyLine(crypto, note.text, line, vkey));
  return first;
}

function verifyLine(
  crypto: C2spCrypto,
  text: string,
  { signature: bytes }: NoteSignature,
  vkey: KnownVerifierKey,
): VerifiedSignature {
  const stamped = vkey.type === 1 ? 0 : 8;
  if (bytes.length !== stamped + SIGNATURE_LENGTH[vkey.type]) throw new FormatError('signature-invalid', vkey.name);
  const timestamp = stamped === 0 ? undefined : readTimestamp(bytes, vkey.name);
  const message = signedMessage(vkey, text, timestamp ?? 0);
  const verify = vkey.type === 6 ? crypto.verifyMlDsa44 : crypto.verifyEd25519;
  if (!verify.call(crypto, vkey.publicKey, message, bytes.subarray(stamped))) {
    throw new FormatError('signature-invalid', vkey.name);
  }
  return Object.freeze({ vkey, timestamp });
}

function readTimestamp(bytes: Uint8Array, where: string): number {
  const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) throw new FormatError('timestamp', where);
  return Number(seconds);
}

/** Signs a subtree with an ML-DSA-44 key, without a time: the signature witnesses answer to sign-subtree. @throws FormatError */
export function cosignSubtree(signer: Signer, subtree: CosignedSubtree): NoteSignature {
  const { vkey } = signer;
  if (vkey.type !== 6) throw new FormatError('vkey-type', vkey.name);
  const signature = signer.sign(subtreeMessage(vkey.name, 0, subtree));
  if (signature.length !== SIGNATURE_LENGTH[6]) throw new FormatError('signature-length', vkey.name);
  return makeSignature(vkey.name, vkey.keyId, concatBytes([uint64(0), signature]));
}

/** Accepts a cosigned subtree if this ML-DSA-44 key made the line. @throws FormatError */
export function verifySubtree(
  crypto: C2spCrypto,
  subtree: CosignedSubtree,
  line: NoteSignature,
  vkey: KnownVerifierKey,
): Verified<CosignedSubtree> {
  if (vkey.type !== 6) throw new FormatError('vkey-type', vkey.name);
  const { name, keyId, signature: bytes } = line;
  if (name !== vkey.name || keyId !== vkey.keyId) throw new FormatError('signature-missing', vkey.name);
  if (bytes.length !== 8 + SIGNATURE_LENGTH[6]) throw new FormatError('signature-invalid', vkey.name);
  const message = subtreeMessage(vkey.name, readTimestamp(bytes, vkey.name), subtree);
  if (!crypto.verifyMlDsa44(vkey.publicKey, message, bytes.subarray(8))) {
    throw new FormatError('signature-invalid', vkey.name);
  }
  return markVerified(subtree);
}

/** The bytes a key of this type signs for a note's text at a time (ignored by type 1). @throws FormatError */
export function signedMessage(vkey: KnownVerifierKey, text: string, time: number): Uint8Array {
  if (vkey.type === 1) return writeUtf8(text, 'note text');
  const { origin, size, root } = readCheckpoint(text);
  checkTime(time);
  if (vkey.type === 4) return writeUtf8(`cosignature/v1\ntime ${time}\n${text}`, 'note text');
  return subtreeMessage(vkey.name, time, { origin, start: 0, end: size, hash: root });
}

/** What an ML-DSA-44 cosigner signs: the root of leaves [start, end) of the log `origin`. */
export interface CosignedSubtree {
  readonly origin: string;
  readonly start: number;
  readonly end: number;
  readonly hash: Uint8Array;
}

/** The `cosigned_message` of c2sp.org/tlog-cosignature; a subtree that does not start at zero has time zero. */
export function subtreeMessage(cosigner: string, time: number, subtree: CosignedSubtree): Uint8Array {
  const { origin, start, end, hash } = subtree;
  checkTime(time);
  if (start !== 0 && time !== 0) throw new FormatError('timestamp', cosigner);
  if (hash.length !== 32) throw new FormatError('hash', cosigner);
  if (end !== 0 && !isSubtree(start, end, end)) throw new FormatError('range-outside', cosigner);
  return concatBytes([
    writeUtf8('subtree/v1\n\0', 'label'),
    shortBytes(cosigner),
    uint64(time),
    shortBytes(origin),
    uint64(start),
    uint64(end),
    hash,
  ]);
}

function shortBytes(name: string): Uint8Array {
  const bytes = writeUtf8(name, 'cosigned name');
  if (bytes.length < 1 || bytes.length > 255) throw new FormatError('cosigned-name', name);
  return concatBytes([Uint8Array.of(bytes.length), bytes]);
}

function checkTime(time: number): void {
  if (!Number.isSafeInteger(time) || time < 0) throw new FormatError('timestamp', String(time));
}
