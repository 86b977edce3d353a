export {
  c2spCryptoOf,
  type Crypto,
  type KeyEncapsulation,
  type KeyPair,
  type Sha256Stream,
  type SignatureScheme,
} from './crypto.ts';
export { isSmallOrder } from './ed25519-small-order.ts';
export { nobleCrypto } from './noble-crypto.ts';
export type { Verified } from './verified.ts';
export { type Dsse, type DsseSignature, preAuthEncoding, readDsse, writeDsse } from './dsse.ts';
export {
  type ActSignature,
  actPayloadType,
  type Envelope,
  maximumEnvelope,
  readEnvelope,
  readEnvelopeSignatures,
  writeEnvelope,
} from './envelope.ts';
export {
  type Approval,
  approvalStatement,
  type ApprovedBy,
  maximumApproval,
  maximumApprovalActs,
  readApproval,
  writeApproval,
} from './approval.ts';
export type { Assertion, OfficerKey, SigningTerms } from './assertion.ts';
export {
  approvalChallenge,
  approveByKey,
  approveByRoot,
  type ApproverKey,
  keyIdOf,
  officerApproval,
  verifyApproval,
} from './verify-approval.ts';
export { readLeaf, writeLeaf } from './leaf.ts';
export { generateSealingIdentity, isSealingRecipient, sealingRecipientOf } from './sealing-header.ts';
export { plaintextSize, streamLayout, type StreamLayout } from './sealing-layout.ts';
export { openPayloadKey, openSealed, type PayloadKey, seal } from './sealing.ts';
export { openChunks, openStream, sealStream } from './sealing-stream.ts';
export {
  type DoubleSigner,
  type DoubleVkey,
  logSigners,
  logVkeys,
  mirrorSigners,
  mirrorVkeys,
  originOf,
} from './channel-keys.ts';
export { padmeSize } from './padme.ts';
export { type ParcelHeader, writeParcelHeader } from './parcel-header.ts';
export type { ParcelEntry, ParcelItem } from './parcel-lines.ts';
export { type ParcelLimits, parcelLimits, type ParcelParts, writeParcel } from './parcel.ts';
export { claimOfParcel, openParcel, type OpenedParcel, type ParcelExpectation } from './open-parcel.ts';
export { refusing, verifySignedNote } from './notes.ts';
export { type Keyset, readKeyset, type StationKeys, writeKeyset } from './keyset.ts';
export {
  keysetPayloadType,
  type SignedKeyset,
  signKeyset,
  verifyKeyset,
  verifyKeysetChain,
  verifyNextKeyset,
} from './verify-keyset.ts';
export {
  acceptAccord,
  type AccordFile,
  accordPayloadType,
  proposeAccord,
  verifyAccord,
  verifyProposal,
} from './accord-file.ts';
export {
  type AccordAt,
  accordAt,
  type AccordChain,
  type AgreedAccord,
  sparesOf,
  verifyAccordChain,
} from './accord-chain.ts';
export { type Doubts, doubtsOf, isSuspect, isVoid, type VoidReceipts } from './doubts.ts';
export { keysetFacts, type KeysetsOf, type Place, type StandingAct } from './root-act.ts';
export { type AccordChange, noticeTypes, type RootAct, type RootsSaid, type ShownNotice } from './roots-said.ts';
export { policyOf } from './channel-policy.ts';
export { neutralPolicy, opaqueOrigin, readWitnessKey } from './neutral-witness.ts';
export { readSpokenFingerprint, writeSpokenFingerprint } from './spoken-fingerprint.ts';
export { type DoubleKey, type DoubleSeed, publicKeysOf, rootFingerprint } from './double-key.ts';
export { maximumNotice, maximumSealedNotices, mostNotices, readNotices, writeNotices } from './notices-file.ts';
export { noticeOnStick, readStick, type StickFile, writeStick } from './stick.ts';
export type { StickRoute } from './stick-manifest.ts';
export { readTar, type TarFile, writeTar } from './tar.ts';
export { type EvidenceFiles, type EvidenceParts, type ProvenEntry, writeEvidence } from './evidence-files.ts';
export type { Authoriser } from './evidence-approvals.ts';
export type { EvidenceDoubt } from './evidence-notices.ts';
export { type Evidence, type EvidenceLimit, evidenceLimits, verifyEvidence } from './verify-evidence.ts';
export {
  approveByKeyFile,
  type AssertionContext,
  type KeyFile,
  makeAssertion,
  publicKeyOfFile,
} from './software-authenticator.ts';
