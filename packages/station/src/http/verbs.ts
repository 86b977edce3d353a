import type { ActId, Attachment, ClockReading, DossierState, Instant, LaneSetting, Sha256Hex } from '@entente/protocol';
import type { PurposeSurvey } from '../blind/survey-purposes.ts';
import type { CheckWanted } from '../blind/prepare-check.ts';
import type { ActPrepared, ActWanted } from '../release/prepare-acts.ts';
import type { SearchHit, SearchWanted } from '../screening/search-subjects.ts';
import type { ListImported, WatchListFile } from '../screening/watch-list/import-watch-list.ts';
import type { Reader } from '../store/read-content.ts';
import type { RelationRecord } from '../store/relations.ts';
import type { Caller } from '../store/tokens.ts';
import type { TransferGround } from '../store/transfer-record.ts';

/** What the API asks of the rest of the station: everything that is more than reading the database. */
export interface Verbs {
  readonly acts: ActVerbs;
  readonly attachments: AttachmentVerbs;
  readonly relations: RelationVerbs;
  readonly screening: ScreeningVerbs;
  readonly blind: BlindVerbs;
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

export interface BlindVerbs {
  /** Draws up a query for an officer to sign. @throws Refusal as `prepareCheck` */
  prepare(relation: RelationRecord, officer: number, wanted: CheckWanted): Promise<ActPrepared>;
  /** What the accord allows, what was used of it, and the newest sets. */
  survey(relation: RelationRecord): Promise<readonly PurposeSurvey[]>;
}

export interface ScreeningVerbs {
  /** Whom the station knows; each reading logged. @throws Refusal `purpose-missing` */
  search(relation: RelationRecord, wanted: SearchWanted, reader: Reader): Promise<readonly SearchHit[]>;
  /** @throws Refusal `list-malformed`, `field-malformed`, `too-large` */
  importList(file: WatchListFile, caller: Caller): Promise<ListImported>;
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
  /** The clocks of dossiers as they read at an instant, each dossier's by name, in the order of the states. */
  clocks(
    relation: RelationRecord,
    states: readonly DossierState[],
    at: Instant,
  ): Promise<readonly ReadonlyMap<string, ClockReading>[]>;
  /** Today in our own calendar of the relation, `2026-11-23`. */
  today(relation: RelationRecord, at: Instant): string;
}
