import {
  type Checkpoint,
  leafHash,
  readCheckpoint,
  readNote,
  readPolicy,
  readTlogProof,
  verifyTlogProof,
} from '@entente/c2sp';
import { type ActId, type Head, type Leaf, readHead, Refusal } from '@entente/protocol';
import { equalBytes } from './bytes.ts';
import { originOf } from './channel-keys.ts';
import { policyOf } from './channel-policy.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { ProvenEntry } from './evidence-files.ts';
import type { Keyset } from './keyset.ts';
import { readLeaf } from './leaf.ts';
import { refusing } from './notes.ts';

/** One direction of the relation, by the keysets in force: newest keys, for older ones may have been stolen since. */
export interface EvidenceChannel {
  readonly owner: Keyset;
  readonly counterpart: Keyset;
  /** The policy as the bundle shows it: must be the one the keysets give. */
  readonly policy: Uint8Array;
}

/** A leaf shown to be logged under a head that its owner signed and the counterpart cosigned, all four keys. */
export interface LoggedLeaf {
  readonly leaf: Leaf;
  /** The hash of the leaf in the tree. */
  readonly hash: Uint8Array;
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

export interface LoggedEntry extends LoggedLeaf {
  readonly id: ActId;
  readonly envelope: Envelope;
  readonly head: Head;
}

/** @throws Refusal `leaf-malformed`, `proof-invalid`, `signature-…`, `wrong-relation` */
export function verifyLoggedLeaf(
  crypto: Crypto,
  channel: EvidenceChannel,
  leafBytes: Uint8Array,
  proof: Uint8Array,
  where: string,
): LoggedLeaf {
  const verifier = c2spCryptoOf(crypto);
  const leaf = readLeaf(leafBytes);
  const hash = leafHash(verifier, leafBytes);
  const origin = refusing(
    'proof-invalid',
    where,
    () => readCheckpoint(readNote(readTlogProof(proof).note).text).origin,
  );
  const policy = policyOf(crypto, channel.owner, channel.counterpart, epochOf(channel, origin, where));
  if (!equalBytes(policy, channel.policy))
    throw new Refusal('key-unknown', { where: `policy/${channel.owner.party}.txt` });
  const { checkpoint, index } = refusing('proof-invalid', where, () =>
    verifyTlogProof(verifier, readPolicy(verifier, policy), proof, hash, { expectOrigin: origin }),
  );
  return { leaf, hash, index, checkpoint };
}

/** @throws Refusal as `verifyLoggedLeaf`, and `hash-mismatch`, `envelope-malformed`, and what is wrong with the head */
export function verifyLoggedEntry(
  crypto: Crypto,
  channel: EvidenceChannel,
  entry: ProvenEntry,
  where: string,
): LoggedEntry {
  const logged = verifyLoggedLeaf(crypto, channel, entry.leaf, entry.proof, where);
  if (crypto.sha256Hex(entry.envelope) !== logged.leaf.envelope)
    throw new Refusal('hash-mismatch', { where: `${where}/envelope.json` });
  const envelope = readEnvelope(entry.envelope);
  if (crypto.sha256Hex(envelope.headBytes) !== logged.leaf.act)
    throw new Refusal('hash-mismatch', { where: `${where}/leaf.json` });
  const head = readHead(envelope.headBytes);
  if (head.from !== channel.owner.party || head.to !== channel.counterpart.party) {
    throw new Refusal('wrong-relation', { where });
  }
  return { ...logged, id: logged.leaf.act, envelope, head };
}

function epochOf({ owner, counterpart }: EvidenceChannel, origin: string, where: string): number {
  const epoch = Number(/\/([1-9][0-9]{0,8})$/.exec(origin)?.[1]);
  if (originOf(owner.party, counterpart.party, epoch) !== origin) throw new Refusal('wrong-relation', { where });
  return epoch;
}
