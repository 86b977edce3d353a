import { hashDigest, writeDigest } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { writeStationActs } from '../release/station-acts.ts';
import { transact } from '../store/database.ts';
import { keepDigestTold, lockFoldedMark } from '../store/folding.ts';
import { putIntoOutbox } from '../store/outbox.ts';

const day = 86_400_000;

/**
 * Tells the counterpart the digest of all dossiers at the cut that is folded (PROTOCOL §3.2), by an act of the station
 * that waits in the outbox like any other.
 * @param when `daily`: not if it was told within a day, nor before anything is folded
 * @returns whether it is told
 */
export async function announceDigest(parts: Parts, relation: Relation, when: 'daily' | 'now'): Promise<boolean> {
  return transact(parts.database, async (transaction) => {
    const mark = await lockFoldedMark(transaction, relation.number);
    if (mark === undefined) return false;
    const now = parts.clock.now();
    const { covered, digest, told } = mark;
    if (when === 'daily' && (covered.own + covered.theirs === 0 || (told !== undefined && now < told + day)))
      return false;
    const acts = await writeStationActs(parts, relation, transaction, [
      {
        type: 'relation/digest',
        inputs: {
          cut: { own: covered.own, theirs: covered.theirs },
          digest: hashDigest(digest, (bytes) => parts.crypto.sha256(bytes)).toHex(),
        },
        fields: { sums: writeDigest(digest).toBase64() },
      },
    ]);
    await putIntoOutbox(transaction, relation.number, acts);
    await keepDigestTold(transaction, relation.number, now);
    return true;
  });
}
