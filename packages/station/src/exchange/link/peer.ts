import type { Tile } from '@entente/c2sp';
import type { LogSize, PartyId, RelationId, Sha256Hex } from '@entente/protocol';
import type { TlsPin } from '../../adapters/tls-certificate.ts';

/** Who may speak to this station, known by what it shows in TLS. A witness reads checkpoints and nothing else. */
export type Peer =
  | { readonly kind: 'counterpart'; readonly relation: RelationId; readonly handlers: PeerHandlers }
  | { readonly kind: 'witness'; readonly relation: RelationId; readonly handlers: WitnessHandlers };

/** What a neutral witness may read: checkpoints, under the opaque origin it was given. */
export type WitnessHandlers = { readonly log: Pick<LogHandlers, 'readCheckpoint'> };

/** Finds whose pins these are. Asked for every request, so that a key that was taken back ends at the next one. */
export type FindPeer = (shown: TlsPin) => Peer | undefined;

/** How many entries of each channel the answering station holds: `mine` of its own, `have` of the asker's. */
export interface Heads {
  readonly have: LogSize;
  readonly mine: LogSize;
  /** What the answerer asks where it was restored and cannot fetch by itself: `writeQuestion`. */
  readonly asks?: string;
}

/** A parcel taken in: how much is now held, and the newest head with this station's cosignatures. */
export interface ParcelTaken {
  readonly have: LogSize;
  readonly cosigned: string;
}

/** What a station does for the counterpart of one relation. A handler refuses by throwing a `Refusal`. */
export interface PeerHandlers {
  acceptParcel(sealed: Uint8Array): Promise<ParcelTaken>;
  /** The sealed parcel that begins at `from`, as soon as there is one; undefined once `over` is aborted. */
  awaitParcel(from: LogSize, over: AbortSignal): Promise<Uint8Array | undefined>;
  /**
   * What this station holds of a channel from `from` on, as far as its entries saw at most `seen` of the other: so that a
   * counterpart that was restored gets both channels back in the order in which they came to be.
   */
  readHeld(owner: PartyId, from: LogSize, seen: LogSize): Promise<Uint8Array | undefined>;
  /** Takes the answer to what our heads asked. @throws Refusal `not-caught-up` where it brought nothing */
  takeAnswer(sealed: Uint8Array): Promise<void>;
  /** Takes a sealed express parcel and returns the sealed answer. */
  acceptExpress(sealed: Uint8Array): Promise<Uint8Array>;
  /** Takes cosignatures of our own head, from a counterpart that only dials out. */
  acceptCosigned(note: string): Promise<void>;
  readHeads(): Promise<Heads>;
  acceptNotice(notice: Uint8Array): Promise<void>;
  /** The oldest notice of our root that the counterpart is not known to have. */
  readNotice(): Promise<Uint8Array | undefined>;
  /** The counterpart has the notice of this SHA-256. */
  noteNoticeTaken(notice: Sha256Hex): Promise<void>;
  readonly attachments: AttachmentHandlers;
  readonly log: LogHandlers;
}

/** How much of a sealed file is held, and how much it will be. */
export interface AttachmentOffset {
  readonly have: number;
  readonly size: number;
}

/** Sealed files of one relation, named by their SHA-256. */
export interface AttachmentHandlers {
  /** Of a file the counterpart announced: how far we have it. @throws Refusal `attachment-unknown` */
  readOffset(sealed: Sha256Hex): Promise<AttachmentOffset>;
  /** Appends at `offset`, keeping what came before a cut. @throws Refusal `gap` where we hold more or less */
  append(sealed: Sha256Hex, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<AttachmentOffset>;
  /** Of a file we announced: at most `most` bytes from `from` on. @throws Refusal `attachment-unknown`, `too-large` */
  read(sealed: Sha256Hex, from: number, most: number): Promise<AttachmentPiece>;
}

export interface AttachmentPiece {
  readonly size: number;
  readonly length: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** An answer of the C2SP witness API, as its specification words it. */
export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The C2SP read and witness API of the two channels of a relation. @throws Refusal `relation-unknown` for another origin */
export interface LogHandlers {
  readCheckpoint(origin: string): Promise<string>;
  readTile(origin: string, tile: Tile): Promise<Uint8Array>;
  addCheckpoint(origin: string, request: Uint8Array): Promise<WitnessAnswer>;
}
