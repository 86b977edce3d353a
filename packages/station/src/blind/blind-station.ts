import type { BlindGroup } from '@entente/matching';
import type { Keystore } from '../adapters/keystore.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { Parts } from '../custody/relation.ts';

/** What the verbs of blind checks work with. */
export interface BlindStation {
  readonly parts: Parts;
  readonly custody: AttachmentCustody;
  readonly keystore: Keystore;
  readonly group: BlindGroup;
}

/** The track whose lane governs a purpose, `leads` of `leads/investigation`. */
export function trackOf(purpose: string): string {
  return purpose.slice(0, purpose.indexOf('/'));
}
