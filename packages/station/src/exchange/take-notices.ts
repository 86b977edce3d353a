import { Refusal, type RefusalCode } from '@entente/protocol';
import { acceptNotice } from '../custody/accept-notice.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { tellRelease } from './wake.ts';

/** What came of notices that lay together. */
export interface NoticesTaken {
  /** How many were news. */
  readonly taken: number;
  readonly refused: readonly RefusalCode[];
}

/**
 * Takes notices of a root that came without a link, in their order. One that is refused holds up no other: whoever left it
 * there need not be the counterpart, and the root's signature alone counts.
 */
export async function takeNotices(
  parts: Parts,
  relation: Relation,
  notices: Iterable<Uint8Array>,
): Promise<NoticesTaken> {
  let taken = 0;
  const refused: RefusalCode[] = [];
  for (const notice of notices) {
    try {
      if ((await acceptNotice(parts, relation, notice)) !== 'known-already') taken += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error.code);
    }
  }
  // Another process of this station may be the one that serves the link.
  if (taken > 0) await tellRelease(parts.database, relation.number);
  return { taken, refused };
}
