import type { Handling, Json, JsonObject, LegalBasis } from '@entente/protocol';

/** A file that will belong to the act, as it was found: not yet sealed. `sha256` is that of the plaintext. */
export interface DraftAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

/** One property of a source that no field could take: where it stood there, and what it said. */
export interface Kept {
  readonly place: string;
  readonly value: Json;
}

/** Where a draft comes from: an officer's own hand, or something imported. */
export type DraftSource =
  | { readonly kind: 'written' }
  | {
      readonly kind: 'imported';
      /** `stix-2.1`, `misp`, `eml`, `csv`, `pdf`, `image`. */
      readonly format: string;
      readonly name: string;
      readonly sha256: string;
      /** Which of several things in the source: a row, an event, a message. */
      readonly place?: string;
    };

/**
 * An act being written or imported; nobody has signed it and nothing of it has left. It may be incomplete: `checkDraft`
 * says what is missing. Each property of an imported source stands once, in `fields`, `inputs`, `attachments` or `kept`.
 */
export interface Draft {
  readonly track: string;
  readonly type: string;
  readonly inputs: JsonObject;
  readonly fields: JsonObject;
  readonly handling: Handling;
  readonly legalBasis?: LegalBasis;
  readonly attachments: readonly DraftAttachment[];
  readonly kept: readonly Kept[];
  readonly source: DraftSource;
}
