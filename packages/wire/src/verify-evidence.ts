import { verifyInclusion } from '@entente/c2sp';
import {
  type ActId,
  type Head,
  type Instant,
  type PartyId,
  type PartyTerms,
  readAccord,
  readHead,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import { accordAt, type AccordChain, type AgreedAccord, sparesOf, verifyAccordChain } from './accord-chain.ts';
import { type AccordFile, verifyAccord } from './accord-file.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import { rootFingerprint } from './double-key.ts';
import { readEnvelope } from './envelope.ts';
import { readAccordChanges, readLaterAccords } from './evidence-accords.ts';
import { type Authoriser, verifyAuthorisers } from './evidence-approvals.ts';
import { type EvidenceChannel, type LoggedEntry, verifyLoggedEntry, verifyLoggedLeaf } from './evidence-channel.ts';
import { type EvidenceFiles, evidenceNames, EvidenceReader, readHashes } from './evidence-files.ts';
import { checkNoneNoted, doubtsAbout, type EvidenceDoubt, readNotices } from './evidence-notices.ts';
import { refusing } from './notes.ts';
import { verifyWitnessed, type Witnessed } from './evidence-witnesses.ts';
import { markVerified, type Verified } from './verified.ts';
import { type SignedKeyset, verifyKeysetChain } from './verify-keyset.ts';

/** What a bundle never shows, however well it verifies (PROTOCOL §7). */
export const evidenceLimits = [
  'claimed-time',
  'earlier-delivery',
  'reading',
  'agreement',
  'honest-screen',
  'key-not-revoked-meanwhile',
  'accord-not-replaced-meanwhile',
  'no-notice-left-out',
] as const;
export type EvidenceLimit = (typeof evidenceLimits)[number];

/** What a bundle proves. "Not back-dated" means: after all that the act has seen. */
export interface Evidence {
  /** In force for the author where the act stands. */
  readonly accord: Sha256Hex;
  readonly act: { readonly id: ActId; readonly head: Head };
  readonly body: 'included' | 'left-out' | 'none';
  readonly authorised: readonly Authoriser[];
  /** Where the author logged it, under the newest head that the counterpart cosigned. */
  readonly logged: LoggedAt & { readonly seen: number };
  /** The counterpart's entry that saw it: the bytes were held when it was logged. */
  readonly received: LoggedAt & { readonly by: PartyId };
  /** Neutral witnesses of the accord that cosigned a head which holds the act. */
  readonly witnessed: readonly Witnessed[];
  /** By the compromise notices in the bundle; where there is any, the bundle proves nothing for now. */
  readonly doubts: readonly EvidenceDoubt[];
  readonly doesNotProve: readonly EvidenceLimit[];
}

interface LoggedAt {
  readonly origin: string;
  readonly index: number;
  readonly headSize: number;
  readonly claimedTime: Instant;
}

interface Trust {
  /** The relation's first accord. */
  readonly first: Verified<AccordFile>;
  /** Bytes of those that came after it: nothing in them counts before both roots are found to have agreed on them. */
  readonly later: readonly Uint8Array[];
  readonly keysets: ReadonlyMap<PartyId, readonly Verified<SignedKeyset>[]>;
}

/**
 * Verifies a bundle from the fingerprints of both roots and nothing else. Every step is required; a file that no step needs
 * is refused.
 * @throws Refusal naming the file that is missing or does not hold
 */
export function verifyEvidence(
  crypto: Crypto,
  bundle: EvidenceFiles,
  roots: readonly [Sha256Hex, Sha256Hex],
): Verified<Evidence> {
  const files = new EvidenceReader(bundle);
  const trust = verifyTrust(crypto, files, roots);
  const [first, second] = trust.first.accord.parties;
  const channels = [channelOf(files, trust, first, second), channelOf(files, trust, second, first)] as const;
  const chain = verifyRoots(crypto, files, channels, trust);
  const { own, theirs, entry, accord } = verifyAct(crypto, files, channels, chain);
  const keysets = trust.keysets.get(own.owner.party) ?? [];
  const authorised = verifyAuthorisers(crypto, files, { channel: own, keysets, accord, chain }, entry);
  const body = verifyBody(crypto, files, entry.head);
  const received = verifyReceipt(crypto, files, theirs, entry);
  const witnessed = verifyWitnessed(crypto, files, own, accord, entry);
  files.checkAllRead();
  return markVerified(
    Object.freeze({
      accord: accord.id,
      act: { id: entry.id, head: entry.head },
      body,
      authorised,
      logged: { ...loggedAt(entry), seen: entry.leaf.seen.size },
      received,
      witnessed,
      doubts: doubtsAbout(chain, entry, received),
      doesNotProve: evidenceLimits,
    }),
  );
}

function verifyTrust(crypto: Crypto, files: EvidenceReader, roots: readonly [Sha256Hex, Sha256Hex]): Trust {
  const first = verifyAccord(crypto, files.read(evidenceNames.accord), roots);
  const later = readLaterAccords(files);
  const accords = [first.accord, ...later.map(readAccord)];
  const keysets = new Map<PartyId, readonly Verified<SignedKeyset>[]>();
  for (const [at, root] of first.roots.entries()) {
    const party = first.accord.parties[at];
    if (party === undefined) continue;
    const spares = sparesOf(accords, party.id);
    const trust = { root: rootFingerprint(crypto, root), first: party.keyset, spares };
    keysets.set(party.id, verifyKeysetChain(crypto, files.readKeysets(party.id), trust));
  }
  return { first, later, keysets };
}

function verifyRoots(
  crypto: Crypto,
  files: EvidenceReader,
  channels: readonly [EvidenceChannel, EvidenceChannel],
  { first, later, keysets }: Trust,
): Verified<AccordChain> {
  const changes = readAccordChanges(crypto, files, channels, later);
  const notices = readNotices(crypto, files, channels);
  const chain = verifyAccordChain(crypto, first, { changes, notices }, keysets);
  checkNoneNoted(chain);
  return chain;
}

function channelOf(files: EvidenceReader, trust: Trust, owner: PartyTerms, counterpart: PartyTerms): EvidenceChannel {
  return {
    owner: newestKeyset(trust, owner.id),
    counterpart: newestKeyset(trust, counterpart.id),
    policy: files.read(evidenceNames.policy(owner.id)),
  };
}

function newestKeyset({ keysets }: Trust, party: PartyId): SignedKeyset['keyset'] {
  const newest = keysets.get(party)?.at(-1);
  if (newest === undefined || newest.keyset.party !== party)
    throw new Refusal('keyset-malformed', { where: `keysets/${party}` });
  return newest.keyset;
}

/** The envelope's head says whose act it is; the proof then has to hold in that party's channel. */
function verifyAct(
  crypto: Crypto,
  files: EvidenceReader,
  [one, other]: readonly [EvidenceChannel, EvidenceChannel],
  chain: AccordChain,
): {
  readonly own: EvidenceChannel;
  readonly theirs: EvidenceChannel;
  readonly entry: LoggedEntry;
  readonly accord: AgreedAccord;
} {
  const proven = files.readEntry('act');
  const { from } = readHead(readEnvelope(proven.envelope).headBytes);
  const [own, theirs] = from === one.owner.party ? [one, other] : [other, one];
  const entry = verifyLoggedEntry(crypto, own, proven, 'act');
  const accord = accordAt(chain)(own.owner.party, entry.index, entry.leaf.seen.size);
  if (entry.head.relation !== accord.accord.relation) throw new Refusal('wrong-relation', { where: 'act' });
  if (entry.head.accord !== accord.id) throw new Refusal('accord-not-signed', { where: 'act', what: 'another accord' });
  return { own, theirs, entry, accord };
}

function verifyBody(crypto: Crypto, files: EvidenceReader, head: Head): Evidence['body'] {
  if (head.body === undefined) return 'none';
  const bytes = files.readIfThere(evidenceNames.body);
  if (bytes === undefined) return 'left-out';
  if (crypto.sha256Hex(bytes) !== head.body) throw new Refusal('hash-mismatch', { where: evidenceNames.body });
  return 'included';
}

/** The receipt's `seen` is a prefix of the author's channel; the act must be in that very prefix. */
function verifyReceipt(
  crypto: Crypto,
  files: EvidenceReader,
  channel: EvidenceChannel,
  act: LoggedEntry,
): Evidence['received'] {
  const { receiptLeaf, receiptProof, receiptInclusion } = evidenceNames;
  const receipt = verifyLoggedLeaf(crypto, channel, files.read(receiptLeaf), files.read(receiptProof), 'receipt');
  const { size, root } = receipt.leaf.seen;
  const inclusion = readHashes(files.read(receiptInclusion), receiptInclusion);
  refusing('proof-invalid', receiptInclusion, () =>
    verifyInclusion(c2spCryptoOf(crypto), { size, root: Uint8Array.fromHex(root) }, act.index, act.hash, inclusion),
  );
  return { by: channel.owner.party, ...loggedAt(receipt) };
}

function loggedAt({ checkpoint, index, leaf }: Pick<LoggedEntry, 'checkpoint' | 'index' | 'leaf'>): LoggedAt {
  return { origin: checkpoint.origin, index, headSize: checkpoint.size, claimedTime: leaf.time };
}
