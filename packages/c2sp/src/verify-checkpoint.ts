import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { type VerifiedSignature, verifyNoteSignature } from './cosignature.ts';
import type { C2spCrypto } from './crypto.ts';
import { FormatError } from './errors.ts';
import { mayTrust, type Policy } from './policy.ts';
import { type Note, NOTE_LIMITS, type NoteLimits, readNote } from './signed-note.ts';
import { markVerified, type Verified } from './verified.ts';
import type { KnownVerifierKey } from './vkey.ts';

/** A witness whose cosignature held; its name is the policy's. */
export interface Cosigner {
  readonly name: string;
  /** POSIX seconds; zero makes no statement about time. */
  readonly timestamp: number;
}

export interface TrustedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  /** The log keys that signed: at least one. */
  readonly logs: readonly KnownVerifierKey[];
  /** The witnesses that cosigned: enough for the quorum. */
  readonly cosigners: readonly Cosigner[];
}

/**
 * Accepts a checkpoint if a log of the policy with that origin signed it and the cosignatures reach the quorum.
 * Lines by unknown keys are passed over; one bad line by a known key refuses the note.
 * @throws FormatError
 */
export function verifyCheckpoint(
  crypto: C2spCrypto,
  policy: Policy,
  noteBytes: Uint8Array,
  expect: { readonly expectOrigin: string },
  limits: NoteLimits = NOTE_LIMITS,
): Verified<TrustedCheckpoint> {
  const note = readNote(noteBytes, limits);
  const checkpoint = readCheckpoint(note.text);
  if (checkpoint.origin !== expect.expectOrigin) throw new FormatError('origin-unexpected', checkpoint.origin);
  const signed = policy.logs.flatMap(({ vkey }) => signaturesBy(crypto, note, vkey)).map(({ vkey }) => vkey);
  const logs = signed.filter(({ name }) => name === checkpoint.origin);
  if (logs.length === 0) throw new FormatError('signature-missing', checkpoint.origin);
  const cosigners = policy.witnesses.flatMap(({ name, vkey }) =>
    signaturesBy(crypto, note, vkey).map(({ timestamp = 0 }) => Object.freeze({ name, timestamp })),
  );
  const names = cosigners.map(({ name }) => name);
  if (!mayTrust(policy, names)) throw new FormatError('quorum-missing', checkpoint.origin);
  return markVerified(Object.freeze({ checkpoint, note, logs, cosigners }));
}

/**
 * Accepts a note that every one of `required` signed; for notes that are not checkpoints, with keys of type 1.
 * @throws FormatError
 */
export function verifyNote(
  crypto: C2spCrypto,
  noteBytes: Uint8Array,
  required: readonly [KnownVerifierKey, ...KnownVerifierKey[]],
  limits: NoteLimits = NOTE_LIMITS,
): Verified<Note> {
  const note = readNote(noteBytes, limits);
  for (const vkey of required) {
    if (verifyNoteSignature(crypto, note, vkey) === undefined) throw new FormatError('signature-missing', vkey.name);
  }
  return markVerified(note);
}

function signaturesBy(crypto: C2spCrypto, note: Note, vkey: KnownVerifierKey): readonly VerifiedSignature[] {
  const signature = verifyNoteSignature(crypto, note, vkey);
  return signature === undefined ? [] : [signature];
}
