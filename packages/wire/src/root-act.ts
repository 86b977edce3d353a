import {
  type ActId,
  type Head,
  type KeysetFacts,
  type PartyId,
  readHead,
  Refusal,
  type Sha256Hex,
  type SignerFact,
} from '@entente/protocol';
import { readApproval } from './approval.ts';
import type { Crypto } from './crypto.ts';
import { type DoubleKey, rootFingerprint } from './double-key.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { Keyset } from './keyset.ts';
import { keyIdOf, verifyApproval } from './verify-approval.ts';
import type { SignedKeyset } from './verify-keyset.ts';

/** Where an act of a root stands in its party's channel: at which index, having seen how much of the other's. */
export interface Place {
  readonly index: number;
  readonly seen: number;
}

/** An act as a chain found it, where it stands. */
export interface StandingAct extends Place {
  readonly id: ActId;
  readonly head: Head;
}

/** Each party's keysets, verified, from the one the first accord names on. */
export type KeysetsOf = ReadonlyMap<PartyId, readonly SignedKeyset[]>;

/** An act as its envelope says it, with the approvals that came with it, by their SHA-256. */
export interface OpenedAct {
  readonly id: ActId;
  readonly head: Head;
  readonly signatures: Envelope['signatures'];
  readonly approvals: ReadonlyMap<Sha256Hex, Uint8Array>;
}

/** @throws Refusal `envelope-malformed`, or what is wrong with the head */
export function openAct(crypto: Crypto, envelope: Uint8Array, approvals: readonly Uint8Array[]): OpenedAct {
  const { headBytes, signatures } = readEnvelope(envelope);
  const byHash = new Map(approvals.map((approval) => [crypto.sha256Hex(approval), approval]));
  return { id: crypto.sha256Hex(headBytes) as ActId, head: readHead(headBytes), signatures, approvals: byHash };
}

/** What an act's signatures by roots of these keysets come to: one whose approval does not hold is not valid. */
export function rootSigners(crypto: Crypto, act: OpenedAct, keysets: readonly SignedKeyset[]): readonly SignerFact[] {
  return act.signatures.flatMap(({ key, approval }) => {
    const root = keysets.map(({ keyset }) => keyset.root).find((one) => rootFingerprint(crypto, one) === key);
    return root === undefined ? [] : [{ kind: 'root', key, valid: holds(crypto, act, root, approval) } as const];
  });
}

/** The keys of a keyset that sign acts, as acts are judged by them. */
export function keysetFacts(crypto: Crypto, { keys, root }: Keyset): KeysetFacts {
  return {
    station: keyIdOf(crypto, { kind: 'station', publicKey: keys.station }),
    administration: keyIdOf(crypto, { kind: 'administration', publicKey: keys.administration }),
    root: rootFingerprint(crypto, root),
  };
}

// Where officers sign is nothing to a root.
const nowhere = { rpId: '', origins: [] };

function holds(crypto: Crypto, { id, approvals }: OpenedAct, root: DoubleKey, named: Sha256Hex): boolean {
  const bytes = approvals.get(named);
  if (bytes === undefined) return false;
  try {
    const approval = readApproval(bytes);
    verifyApproval(crypto, approval, { kind: 'root', root }, nowhere);
    return approval.acts.includes(id);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
