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
  type CosignedSubtree,
  cosignSubtree,
  signCheckpoint,
  signedMessage,
  type Signer,
  type VerifiedSignature,
  verifyNoteSignature,
  verifySubtree,
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
export { consistencyProof, inclusionProof, subtreeProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts';
export {
  consistencyProofFromTiles,
  frontierFromTiles,
  hashesFromTiles,
  inclusionProofFromTiles,
  type ReadTile,
  rootFromTiles,
  tileKey,
  tilesForConsistency,
  tilesForInclusion,
  tilesForRoot,
  tilesIn,
} from './tile-proof.ts';
export { readTilePath, type Tile, tileWidth, writeTilePath } from './tiles.ts';
export { readEntryBundle, writeEntryBundle } from './entry-bundle.ts';
export type { Verified } from './verified.ts';
export {
  mayTrust,
  type Policy,
  type PolicyGroup,
  type PolicyLog,
  type PolicyParts,
  type PolicyWitness,
} from './policy.ts';
export { readPolicy, writePolicy } from './policy-text.ts';
export { type Cosigner, type TrustedCheckpoint, verifyCheckpoint, verifyNote } from './verify-checkpoint.ts';
export { readTlogProof, type TlogProof, type TrustedLeaf, verifyTlogProof, writeTlogProof } from './tlog-proof.ts';
export {
  type AddCheckpoint,
  type Head,
  judgeAddCheckpoint,
  readAddCheckpoint,
  refuseMalformed,
  type WitnessGrant,
  type WitnessRefusal,
  writeAddCheckpoint,
} from './witness.ts';
export {
  judgeSignSubtree,
  readSignSubtree,
  type SignSubtree,
  type SubtreeGrant,
  writeSignSubtree,
} from './sign-subtree.ts';
