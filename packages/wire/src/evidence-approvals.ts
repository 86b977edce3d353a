import { type OfficerKey as EnrolledKey, readRegister, Refusal, type Sha256Hex } from '@entente/protocol';
import type { AccordChain, AgreedAccord } from './accord-chain.ts';
import { type Approval, type ApprovedBy, readApproval } from './approval.ts';
import { readBase64 } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { rootFingerprint } from './double-key.ts';
import { doubtsOf, isSuspect } from './doubts.ts';
import type { ActSignature } from './envelope.ts';
import { type EvidenceChannel, type LoggedEntry, verifyLoggedEntry } from './evidence-channel.ts';
import { evidenceNames, type EvidenceReader } from './evidence-files.ts';
import type { SignedKeyset } from './verify-keyset.ts';
import { type ApproverKey, verifyApproval } from './verify-approval.ts';

/** Who authorised an act. An officer is known by a pseudonym only; the enrolling party's house log knows the name. */
export type Authoriser =
  | { readonly kind: 'station' | 'administration' | 'root'; readonly key: Sha256Hex }
  | {
      readonly kind: 'officer';
      readonly key: Sha256Hex;
      readonly pseudonym: string;
      readonly function: string;
      /** Index of the act that bound the key, in the same channel. */
      readonly enrolledAt: number;
    };

/** What approvals of one party's entries are judged by. */
export interface Approvers {
  readonly channel: EvidenceChannel;
  readonly keysets: readonly SignedKeyset[];
  /** The one in force where the act stands. */
  readonly accord: AgreedAccord;
  readonly chain: AccordChain;
}

/**
 * Verifies every signature of an entry's envelope: the approval, the key, and for officers the act that bound the key.
 * @throws Refusal `field-missing`, `hash-mismatch`, `key-unknown`, `key-not-allowed`, `signature-invalid`
 */
export function verifyAuthorisers(
  crypto: Crypto,
  files: EvidenceReader,
  approvers: Approvers,
  entry: LoggedEntry,
  allowed: readonly Authoriser['kind'][] = ['officer', 'station', 'administration', 'root'],
): readonly Authoriser[] {
  return entry.envelope.signatures.map((signature) => {
    const approval = readNamedApproval(crypto, files, entry, signature);
    const { kind } = approval.by;
    if (!allowed.includes(kind))
      throw new Refusal('key-not-allowed', { where: evidenceNames.approval(signature.approval) });
    checkNotStopped(approvers, approval.by, entry);
    const { authoriser, approver } = findApprover(crypto, files, approvers, approval.by, entry);
    verifyApproval(crypto, approval, approver, partyOf(approvers).signing);
    return authoriser;
  });
}

/** A key that a notice of its party stopped signs nothing after it; a root is frozen by nobody below it. */
function checkNotStopped(approvers: Approvers, { kind, key }: ApprovedBy, entry: LoggedEntry): void {
  if (kind !== 'root' && pastOf(approvers, entry).stopped.has(key))
    throw new Refusal('key-not-allowed', { where: 'approval.by.key', what: 'stopped by a notice before the act' });
}

/** What was in doubt where the entry stands: what became so only later does not change what its author could know. */
function pastOf({ channel, chain }: Approvers, { index }: LoggedEntry): ReturnType<typeof doubtsOf> {
  return doubtsOf(chain, { party: channel.owner.party, size: index });
}

function readNamedApproval(
  crypto: Crypto,
  files: EvidenceReader,
  entry: LoggedEntry,
  { key, approval: id }: ActSignature,
): Approval {
  const where = evidenceNames.approval(id);
  const bytes = files.read(where);
  if (crypto.sha256Hex(bytes) !== id) throw new Refusal('hash-mismatch', { where });
  const approval = readApproval(bytes);
  if (approval.by.key !== key || !approval.acts.includes(entry.id)) throw new Refusal('approval-missing', { where });
  return approval;
}

function findApprover(
  crypto: Crypto,
  files: EvidenceReader,
  approvers: Approvers,
  { kind, key }: ApprovedBy,
  entry: LoggedEntry,
): { readonly authoriser: Authoriser; readonly approver: ApproverKey } {
  switch (kind) {
    case 'station':
    case 'administration': {
      const publicKey = approvers.keysets
        .map(({ keyset }) => keyset.keys[kind])
        .find((candidate) => crypto.sha256Hex(candidate) === key);
      if (publicKey === undefined) throw new Refusal('key-unknown', { where: 'approval.by.key' });
      return { authoriser: { kind, key }, approver: { kind, publicKey } };
    }
    case 'root': {
      const root = approvers.keysets
        .map(({ keyset }) => keyset.root)
        .find((one) => rootFingerprint(crypto, one) === key);
      if (root === undefined) throw new Refusal('key-unknown', { where: 'approval.by.key' });
      return { authoriser: { kind, key }, approver: { kind, root } };
    }
    case 'officer':
      return findOfficer(crypto, files, approvers, key, entry);
    default:
      return kind satisfies never;
  }
}

function findOfficer(
  crypto: Crypto,
  files: EvidenceReader,
  approvers: Approvers,
  key: Sha256Hex,
  entry: LoggedEntry,
): { readonly authoriser: Authoriser; readonly approver: ApproverKey } {
  const folder = evidenceNames.officerKey(key);
  const binding = verifyLoggedEntry(crypto, approvers.channel, files.readEntry(folder), folder);
  if (binding.index >= entry.index) throw new Refusal('key-unknown', { where: folder, what: 'bound after the act' });
  if (isSuspect(pastOf(approvers, entry), approvers.channel.owner.party, binding.index))
    throw new Refusal('key-unknown', { where: folder, what: 'suspect where the act stands' });
  const enrolled = enrolledKey(binding, folder);
  if (enrolled.key !== key) throw new Refusal('key-unknown', { where: folder });
  verifyAuthorisers(crypto, files, approvers, binding, ['administration']);
  if (!approvers.accord.accord.officerKeys.includes(enrolled.kind))
    throw new Refusal('key-not-allowed', { where: folder });
  const { algorithm, kind, pseudonym, function: post } = enrolled;
  if (algorithm !== 'ed25519' && algorithm !== 'p256') throw new Refusal('key-malformed', { where: folder });
  return {
    authoriser: { kind: 'officer', key, pseudonym, function: post, enrolledAt: binding.index },
    approver: { kind: 'officer', keyKind: kind, algorithm, publicKey: readBase64(enrolled.publicKey, folder) },
  };
}

function enrolledKey({ head }: LoggedEntry, where: string): EnrolledKey {
  const written = readRegister(head);
  if (written?.kind !== 'officer-key') throw new Refusal('key-unknown', { where, what: 'not an officer-key act' });
  return written.officer;
}

function partyOf({ accord, channel }: Approvers): AgreedAccord['accord']['parties'][number] {
  const party = accord.accord.parties.find(({ id }) => id === channel.owner.party);
  if (party === undefined) throw new Refusal('wrong-relation', { where: 'accord.json' });
  return party;
}
