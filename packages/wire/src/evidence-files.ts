// accord.json                        the relation's first accord: DSSE, signed by both roots
// accords/<n>/accord.json            n = 2…: each accord agreed on in the channel, as proposed
// accords/<n>/proposal/envelope.json, leaf.json, tlog-proof.txt, accords/<n>/acceptance/ the same: the roots' acts
// notices/<n>/envelope.json, leaf.json, tlog-proof.txt   n = 1…: compromise notices, confirmations and keysets of both roots;
//                                    of a notice that came by another road the envelope alone
// keysets/<party>/<n>.json           DSSE, from the one the accord names to the one in force
// policy/<party>.txt                 C2SP tlog-policy of that party's channel
// act/envelope.json act/leaf.json act/tlog-proof.txt, act/body.json where lawful
// approvals/<sha256>.json            each approval that an envelope names
// officer-keys/<sha256>/envelope.json, leaf.json, tlog-proof.txt
// receipt/leaf.json receipt/tlog-proof.txt
// witnesses/<sha256>/policy.txt tlog-proof.txt   the act under a head that a neutral witness cosigned, by the SHA-256 of its vkey
// receipt/inclusion.txt              of the act in the prefix the receipt saw: base64 hashes, one a line
import { Refusal, type PartyId, type Sha256Hex } from '@entente/protocol';
import { readBase64, readUtf8, utf8 } from './bytes.ts';

/** A bundle of evidence: a folder, an archive or one JSON object, as names and bytes. */
export type EvidenceFiles = ReadonlyMap<string, Uint8Array>;

/** An entry with its proof against the newest cosigned head of its channel. */
export interface ProvenEntry {
  readonly envelope: Uint8Array;
  readonly leaf: Uint8Array;
  readonly proof: Uint8Array;
}

export interface EvidenceParts {
  /** The relation's first accord, signed by both roots. */
  readonly accord: Uint8Array;
  /** Those agreed on in the channel since, in causal order; their acts' approvals are among `approvals`. */
  readonly laterAccords?: readonly {
    readonly accord: Uint8Array;
    readonly proposal: ProvenEntry;
    readonly acceptance: ProvenEntry;
  }[];
  /** What both roots said of whom to trust; without leaf and proof what stands in no channel yet. Approvals as above. */
  readonly notices?: readonly (ProvenEntry | Pick<ProvenEntry, 'envelope'>)[];
  /** Each party's chain of keysets and the policy of its channel. */
  readonly parties: readonly {
    readonly party: PartyId;
    readonly keysets: readonly Uint8Array[];
    readonly policy: Uint8Array;
  }[];
  readonly act: ProvenEntry;
  /** Only where the law lets it be handed on. */
  readonly body?: Uint8Array;
  /** By the SHA-256 of their bytes. */
  readonly approvals: ReadonlyMap<Sha256Hex, Uint8Array>;
  /** The acts that bound the officers' keys, by the SHA-256 of the key. */
  readonly officerKeys: ReadonlyMap<Sha256Hex, ProvenEntry>;
  readonly receipt: {
    readonly leaf: Uint8Array;
    readonly proof: Uint8Array;
    readonly inclusion: readonly Uint8Array[];
  };
  /** What neutral witnesses of the accord cosigned, by the SHA-256 of the verifier key. */
  readonly witnessed?: ReadonlyMap<Sha256Hex, { readonly policy: Uint8Array; readonly proof: Uint8Array }>;
}

/** The most a bundle may weigh, all files together. */
export const maximumEvidence: number = 64 * 1024 * 1024;

export const evidenceNames = {
  accord: 'accord.json',
  laterAccord: (at: number): string => `accords/${at + 2}/accord.json`,
  accordAct: (at: number, act: 'proposal' | 'acceptance'): string => `accords/${at + 2}/${act}`,
  notice: (at: number): string => `notices/${at + 1}`,
  body: 'act/body.json',
  receiptLeaf: 'receipt/leaf.json',
  receiptProof: 'receipt/tlog-proof.txt',
  receiptInclusion: 'receipt/inclusion.txt',
  keyset: (party: PartyId, at: number): string => `keysets/${party}/${at + 1}.json`,
  policy: (party: PartyId): string => `policy/${party}.txt`,
  approval: (id: Sha256Hex): string => `approvals/${id}.json`,
  officerKey: (key: Sha256Hex): string => `officer-keys/${key}`,
  witnessPolicy: (vkey: Sha256Hex): string => `witnesses/${vkey}/policy.txt`,
  witnessProof: (vkey: Sha256Hex): string => `witnesses/${vkey}/tlog-proof.txt`,
} as const;

/** Names the files of a bundle as `verifyEvidence` expects them. */
export function writeEvidence(parts: EvidenceParts): EvidenceFiles {
  const names = evidenceNames;
  const files = new Map<string, Uint8Array>([[names.accord, parts.accord]]);
  for (const [at, { accord, proposal, acceptance }] of (parts.laterAccords ?? []).entries()) {
    files.set(names.laterAccord(at), accord);
    setEntry(files, names.accordAct(at, 'proposal'), proposal);
    setEntry(files, names.accordAct(at, 'acceptance'), acceptance);
  }
  for (const [at, notice] of (parts.notices ?? []).entries()) {
    if ('leaf' in notice) setEntry(files, names.notice(at), notice);
    else files.set(`${names.notice(at)}/envelope.json`, notice.envelope);
  }
  for (const { party, keysets, policy } of parts.parties) {
    for (const [at, keyset] of keysets.entries()) files.set(names.keyset(party, at), keyset);
    files.set(names.policy(party), policy);
  }
  setEntry(files, 'act', parts.act);
  if (parts.body !== undefined) files.set(names.body, parts.body);
  for (const [id, approval] of parts.approvals) files.set(names.approval(id), approval);
  for (const [key, entry] of parts.officerKeys) setEntry(files, names.officerKey(key), entry);
  files.set(names.receiptLeaf, parts.receipt.leaf);
  files.set(names.receiptProof, parts.receipt.proof);
  files.set(names.receiptInclusion, writeHashes(parts.receipt.inclusion));
  for (const [vkey, { policy, proof }] of parts.witnessed ?? []) {
    files.set(names.witnessPolicy(vkey), policy);
    files.set(names.witnessProof(vkey), proof);
  }
  return files;
}

/** Reads a bundle's files one by one and knows which were left unread: nothing in a bundle goes unverified. */
export class EvidenceReader {
  readonly #files: EvidenceFiles;
  readonly #unread: Set<string>;

  /** @throws Refusal `too-large` */
  constructor(files: EvidenceFiles) {
    const size = files.values().reduce((sum, bytes) => sum + bytes.length, 0);
    if (size > maximumEvidence) throw new Refusal('too-large', { where: 'evidence' });
    this.#files = files;
    this.#unread = new Set(files.keys());
  }

  /** @throws Refusal `field-missing` naming the file */
  read(name: string): Uint8Array {
    const bytes = this.readIfThere(name);
    if (bytes === undefined) throw new Refusal('field-missing', { where: name });
    return bytes;
  }

  readIfThere(name: string): Uint8Array | undefined {
    this.#unread.delete(name);
    return this.#files.get(name);
  }

  readEntry(folder: string): ProvenEntry {
    return {
      envelope: this.read(`${folder}/envelope.json`),
      leaf: this.read(`${folder}/leaf.json`),
      proof: this.read(`${folder}/tlog-proof.txt`),
    };
  }

  /** The keysets of a party, from the first to the last there is. */
  readKeysets(party: PartyId): readonly Uint8Array[] {
    const chain: Uint8Array[] = [];
    for (;;) {
      const bytes = this.readIfThere(evidenceNames.keyset(party, chain.length));
      if (bytes === undefined) return chain;
      chain.push(bytes);
    }
  }

  /** @throws Refusal `field-unknown` naming a file that no step looked at */
  checkAllRead(): void {
    const [name] = this.#unread;
    if (name !== undefined) throw new Refusal('field-unknown', { where: name.slice(0, 200) });
  }
}

/** Reads base64 hashes of 32 bytes, one a line. @throws Refusal `proof-invalid` */
export function readHashes(bytes: Uint8Array, where: string): readonly Uint8Array[] {
  const lines = readUtf8(bytes, 'proof-invalid', where).split('\n');
  if (lines.pop() !== '' || lines.length > 63) throw new Refusal('proof-invalid', { where });
  return lines.map((line) => {
    const hash = readBase64(line, where);
    if (hash.length !== 32) throw new Refusal('proof-invalid', { where });
    return hash;
  });
}

function writeHashes(hashes: readonly Uint8Array[]): Uint8Array {
  return utf8(hashes.map((hash) => `${hash.toBase64()}\n`).join(''));
}

function setEntry(files: Map<string, Uint8Array>, folder: string, { envelope, leaf, proof }: ProvenEntry): void {
  files.set(`${folder}/envelope.json`, envelope);
  files.set(`${folder}/leaf.json`, leaf);
  files.set(`${folder}/tlog-proof.txt`, proof);
}
