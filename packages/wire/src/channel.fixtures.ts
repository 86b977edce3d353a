import {
  appendLeaves,
  cosign,
  emptyFrontier,
  inclusionProof,
  leafHash,
  readNote,
  rootOf,
  signCheckpoint,
  writeNote,
  writeTlogProof,
} from '@entente/c2sp';
import { type ActId, type Head, type LogSize, type Sha256Hex, writeHead } from '@entente/protocol';
import {
  type Approval,
  c2spCryptoOf,
  logSigners,
  mirrorSigners,
  nobleCrypto,
  originOf,
  type ParcelEntry,
  type ProvenEntry,
  writeApproval,
  writeEnvelope,
  writeLeaf,
} from './index.ts';
import { type TestParty, time, utf8 } from './wire.fixtures.ts';

const noble = nobleCrypto;
const hasher = c2spCryptoOf(noble);

/** An entry of a test channel with everything that was signed for it. */
export interface TestEntry extends ParcelEntry {
  readonly id: ActId;
  readonly leaf: Uint8Array;
  readonly approval: Uint8Array;
}

/** Makes an entry whose head `approve` signs. */
export function entryOf(
  head: Head,
  approve: (acts: readonly ActId[]) => Approval,
  seen: ParcelEntry['seen'],
  body: string | null = null,
): TestEntry {
  const bodyBytes = body === null ? null : utf8(body);
  const headBytes = writeHead(bodyBytes === null ? head : { ...head, body: noble.sha256Hex(bodyBytes) });
  const id = noble.sha256Hex(headBytes) as ActId;
  const approval = approve([id]);
  const approvalBytes = writeApproval(approval);
  const envelope = writeEnvelope(headBytes, [{ key: approval.by.key, approval: noble.sha256Hex(approvalBytes) }]);
  const leaf = writeLeaf({ act: id, envelope: noble.sha256Hex(envelope), seen, time });
  return { id, envelope, body: bodyBytes, seen, time, leaf, approval: approvalBytes };
}

export const nothingSeen = { size: 0 as LogSize, root: noble.sha256Hex(new Uint8Array(0)) };

/** A channel of `owner`, mirrored by `counterpart`. */
export class TestChannel {
  readonly owner: TestParty;
  readonly counterpart: TestParty;
  readonly entries: TestEntry[] = [];

  constructor(owner: TestParty, counterpart: TestParty) {
    this.owner = owner;
    this.counterpart = counterpart;
  }

  get origin(): string {
    return originOf(this.owner.id, this.counterpart.id, 1);
  }

  root(size: number = this.entries.length): Uint8Array {
    return rootOf(hasher, appendLeaves(hasher, emptyFrontier, this.#leaves().slice(0, size)).frontier);
  }

  seen(size: number = this.entries.length): ParcelEntry['seen'] {
    return { size: size as LogSize, root: this.root(size).toHex() as Sha256Hex };
  }

  /** The head, signed by the owner with both keys. */
  checkpoint(size: number = this.entries.length): string {
    const { ed25519, mldsa44 } = logSigners(noble, this.origin, this.owner.log);
    return signCheckpoint(
      { origin: this.origin, size, root: this.root(size), extension: [] },
      [ed25519, mldsa44],
      1_795_432_061,
    );
  }

  /** The head as the counterpart cosigned it. */
  cosigned(size: number = this.entries.length): string {
    const note = readNote(utf8(this.checkpoint(size)));
    const { ed25519, mldsa44 } = mirrorSigners(noble, this.counterpart.id, this.counterpart.mirror);
    const lines = [ed25519, mldsa44].map((signer) => cosign(signer, note.text, 1_795_432_062));
    return writeNote(note.text, [...note.signatures, ...lines]);
  }

  inclusion(index: number, size: number = this.entries.length): readonly Uint8Array[] {
    const leaves = this.#leaves().slice(0, size);
    const readHash = (level: number, at: number): Uint8Array =>
      rootOf(
        hasher,
        appendLeaves(hasher, emptyFrontier, leaves.slice(at * 2 ** level, (at + 1) * 2 ** level)).frontier,
      );
    return inclusionProof(hasher, size, index, readHash);
  }

  proof(index: number, note: string = this.cosigned()): Uint8Array {
    return utf8(writeTlogProof({ index, inclusion: this.inclusion(index), note: utf8(note) }));
  }

  proven(index: number): ProvenEntry {
    const entry = this.entries[index];
    if (entry === undefined) throw new RangeError(`no entry ${index}`);
    return { envelope: entry.envelope, leaf: entry.leaf, proof: this.proof(index) };
  }

  #leaves(): readonly Uint8Array[] {
    return this.entries.map(({ leaf }) => leafHash(hasher, leaf));
  }
}
