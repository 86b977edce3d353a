import type { Json } from '@entente/protocol';
import type { Draft, DraftAttachment, Kept } from '@entente/tracks';

/** Which format a source was read as. */
export type ImportFormat = 'stix-2.1' | 'stix-2.0' | 'misp' | 'eml' | 'csv' | 'pdf' | 'image';

/** One property of a source: where it stands (a JSON pointer, a header, `line 4, column 2`) and what it says. */
export interface Property {
  readonly place: string;
  readonly value: Json;
}

/** A property that stands in the draft, with the JSON pointers of where it went. */
export interface Taken {
  readonly place: string;
  readonly to: readonly string[];
}

/** A property kept as it was; `why` where a field would have been there for it. */
export interface KeptAsIs extends Kept {
  readonly why?: string;
}

/** What an importer concludes and an officer must confirm. The properties it rests on are in `kept`. */
export interface Proposal {
  /** JSON pointer into the draft. */
  readonly to: string;
  readonly value: Json;
  /** Where in the source it rests on; empty where the source says nothing and the most careful value was taken. */
  readonly from: readonly string[];
  /** What the source says there, `TLP:AMBER`. */
  readonly says: string;
}

export interface ImportedFile extends DraftAttachment {
  readonly bytes: Uint8Array;
}

/** A draft lead with the account of its source: each property stands once, in `taken` or in `kept`. */
export interface ImportedDraft extends Draft {
  readonly attachments: readonly ImportedFile[];
  readonly kept: readonly KeptAsIs[];
  readonly taken: readonly Taken[];
  readonly proposed: readonly Proposal[];
}
