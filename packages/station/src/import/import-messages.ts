import type { RefusalCode, RefusalDetail } from '@entente/protocol';
import type { ImportedDraft } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';

/** What goes into the reading thread. */
export interface ImportRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly limits: ImportLimits;
}

/** What comes out of it: drafts, or why there are none. */
export type ImportReply =
  | { readonly kind: 'drafts'; readonly drafts: readonly ImportedDraft[] }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: RefusalDetail };
