export type { C2spCrypto, Hasher } from './crypto.ts';
export { type FormatCode, FormatError } from './errors.ts';
export { readBase64, writeBase64 } from './base64.ts';
export {
  type Note,
  NOTE_LIMITS,
  type NoteLimits,
  type NoteSignature,
  readNote,
  readSignatureLines,
  writeNote,
  writeSignatureLines,
} from './signed-note.ts';
export {
  type KeyType,
  type KnownVerifierKey,
  makeVkey,
  type OtherVerifierKey,
  readKnownVkey,
  readVkey,
  type VerifierKey,
  writeVkey,
} from './vkey.ts';
export { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
export {
  cosign,
  signCheckpoint,
  signedMessage,
  type Signer,
  type VerifiedSignature,
  verifyNoteSignature,
} from './cosignature.ts';
export { emptyRoot, leafHash, nodeHash } from './merkle.ts';
export { type Range, type ReadHash, rootOfRange } from './subtree.ts';
export {
  type Appended,
  appendLeaves,
  type CompleteHashes,
  emptyFrontier,
  type Frontier,
  readFrontier,
  rootOf,
  writeFrontier,
} from './frontier.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts';
