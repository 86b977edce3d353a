import { type ActId, Refusal, type Sha256Hex } from '@entente/protocol';
import { type Approval, approvalStatement } from './approval.ts';
import { type Assertion, checkAssertion, type OfficerKey, type SigningTerms } from './assertion.ts';
import type { Crypto } from './crypto.ts';
import { type DoubleKey, type DoubleSeed, publicKeysOf, rootFingerprint } from './double-key.ts';
import { markVerified, type Verified } from './verified.ts';

/** The key an approval must be by. A station's or an administration's is raw Ed25519. */
export type ApproverKey =
  | OfficerKey
  | { readonly kind: 'station' | 'administration'; readonly publicKey: Uint8Array }
  | { readonly kind: 'root'; readonly root: DoubleKey };

/** The name under which envelopes and approvals speak of a key. */
export function keyIdOf(crypto: Crypto, key: ApproverKey): Sha256Hex {
  return key.kind === 'root' ? rootFingerprint(crypto, key.root) : crypto.sha256Hex(key.publicKey);
}

/** The challenge an officer's authenticator answers for a list of acts: 32 bytes. */
export function approvalChallenge(crypto: Crypto, acts: readonly ActId[]): Uint8Array {
  return crypto.sha256(approvalStatement(acts));
}

/** Makes the approval of an officer from what the authenticator answered. */
export function officerApproval(acts: readonly ActId[], key: Sha256Hex, assertion: Assertion): Approval {
  const { authenticatorData, clientDataJSON, signature } = assertion;
  return { acts, by: { kind: 'officer', key, authenticatorData, clientDataJSON, signature } };
}

/** Signs a list of acts with a station's or an administration's Ed25519 key. */
export function approveByKey(
  crypto: Crypto,
  kind: 'station' | 'administration',
  acts: readonly ActId[],
  secretSeed: Uint8Array,
): Approval {
  const key = crypto.sha256Hex(crypto.ed25519.publicKeyOf(secretSeed));
  return { acts, by: { kind, key, signature: crypto.ed25519.sign(secretSeed, approvalStatement(acts)) } };
}

/** Signs a list of acts with both keys of a root. */
export function approveByRoot(crypto: Crypto, acts: readonly ActId[], seeds: DoubleSeed): Approval {
  const statement = approvalStatement(acts);
  return {
    acts,
    by: {
      kind: 'root',
      key: rootFingerprint(crypto, publicKeysOf(crypto, seeds)),
      ed25519: crypto.ed25519.sign(seeds.ed25519, statement),
      mldsa44: crypto.mldsa44.sign(seeds.mldsa44, statement),
    },
  };
}

/**
 * Accepts an approval if this key made it, under these terms. Whether the key was valid, and its kind allowed, is judged
 * at the entry's position by the fold.
 * @throws Refusal `key-not-allowed`, `key-unknown`, `signature-invalid`, `approval-malformed`
 */
export function verifyApproval(
  crypto: Crypto,
  approval: Approval,
  key: ApproverKey,
  terms: SigningTerms,
): Verified<Approval> {
  const { acts, by } = approval;
  if (by.key !== keyIdOf(crypto, key)) throw new Refusal('key-unknown', { where: 'approval.by.key' });
  switch (by.kind) {
    case 'officer':
      if (key.kind !== 'officer') throw wrongKind(key.kind);
      checkAssertion(crypto, by, approvalChallenge(crypto, acts), key, terms);
      break;
    case 'station':
    case 'administration':
      if (key.kind !== by.kind) throw wrongKind(key.kind);
      if (!crypto.ed25519.verify(key.publicKey, approvalStatement(acts), by.signature)) throw invalid('signature');
      break;
    case 'root': {
      if (key.kind !== 'root') throw wrongKind(key.kind);
      const statement = approvalStatement(acts);
      if (!crypto.ed25519.verify(key.root.ed25519, statement, by.ed25519)) throw invalid('ed25519');
      if (!crypto.mldsa44.verify(key.root.mldsa44, statement, by.mldsa44)) throw invalid('mldsa44');
      break;
    }
    default:
      by satisfies never;
  }
  return markVerified(approval);
}

function wrongKind(kind: string): Refusal {
  return new Refusal('key-not-allowed', { where: 'approval.by.kind', what: `the key is a ${kind}'s` });
}

function invalid(where: string): Refusal {
  return new Refusal('signature-invalid', { where: `approval.by.${where}` });
}
