import type { ActId, Attachment, ClockReading, DossierState, Instant, LaneSetting, Sha256Hex } from '@entente/protocol';
import type { ActPrepared, ActWanted } from '../release/prepare-acts.ts';
import type { RelationRecord } from '../store/relations.ts';
import type { Caller } from '../store/tokens.ts';
import type { TransferGround } from '../store/transfer-record.ts';

/** What the API asks of the rest of the station: everything that is more than reading the database. */
export interface Verbs {
  readonly acts: ActVerbs;
  readonly attachments: AttachmentVerbs;
  readonly relations: RelationVerbs;
  /** Evidence of one act as a file; `body` only where its reading was logged. @throws Refusal `act-unknown`, `head-behind` */
  exportEvidence(
    relation: RelationRecord,
    act: ActId,
    body: Uint8Array | undefined,
  ): Promise<AsyncIterable<Uint8Array>>;
  /** What is more than the database answering: links, clock, room on disk. Strangers see the first word of a name only. */
  checkHealth(): Promise<readonly { readonly name: string; readonly ok: boolean }[]>;
}

/** What an officer wants said, and whom its data goes to where that is not just the counterpart. */
export type ActRequest = ActWanted & { readonly transfer?: TransferGround };

export interface ActVerbs {
  /** Draws up acts for an officer to sign; nothing is released. @throws Refusal with every fault of the first bad act */
  prepare(relation: RelationRecord, officer: number, requests: readonly ActRequest[]): Promise<readonly ActPrepared[]>;
  /** Puts acts into the outbox with the approvals that cover them, having verified everything; all or none. */
  authorise(
    relation: RelationRecord,
    acts: readonly { readonly head: Uint8Array; readonly body: Uint8Array | undefined }[],
    approvals: readonly Uint8Array[],
    caller: Caller,
  ): Promise<readonly { readonly act: ActId; readonly repeated: boolean }[]>;
}

/** How far a file that an officer sends has come; hashes once it is whole. */
export interface Upload {
  readonly upload: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly have: number;
  readonly sha256?: Sha256Hex;
  readonly sealedSize?: number;
  readonly sealedSha256?: Sha256Hex;
}

export interface AttachmentVerbs {
  create(relation: RelationRecord, file: Pick<Upload, 'name' | 'mediaType' | 'size'>): Promise<Upload>;
  /** @throws Refusal `attachment-unknown` */
  readUpload(relation: RelationRecord, upload: string): Promise<Upload>;
  /** Appends at `offset`, keeping what came before a cut. @throws Refusal `gap`, `too-large`, `store-full` */
  append(relation: RelationRecord, upload: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<Upload>;
  /** Finds a file of an act; nothing flows before the stream is read. @throws Refusal `attachment-awaited`, `attachment-unknown` */
  open(relation: RelationRecord, attachment: Attachment): Promise<OpenAttachment>;
}

/** A file's plaintext by ranges; `end` is the first byte not wanted. */
export interface OpenAttachment {
  readonly size: number;
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** The state of the road to a counterpart, as this process knows it. */
export type LinkSummary =
  | { readonly state: 'up'; readonly since: Instant }
  | { readonly state: 'down'; readonly since: Instant; readonly why?: string }
  | { readonly state: 'none' };

export interface RelationVerbs {
  link(relation: RelationRecord): LinkSummary;
  /** For each track of the accord, what holds in each direction: the stricter setting of the two parties. */
  lanes(
    relation: RelationRecord,
  ): Promise<readonly { readonly track: string; readonly out: LaneSetting; readonly in: LaneSetting }[]>;
  /** The clocks of a dossier as they read at an instant, by name. */
  clocks(relation: RelationRecord, state: DossierState, at: Instant): Promise<ReadonlyMap<string, ClockReading>>;
  /** Today in our own calendar of the relation, `2026-11-23`. */
  today(relation: RelationRecord, at: Instant): string;
}
