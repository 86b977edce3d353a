import type { ActId, DossierId, Instant } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { eraseAttachmentsOf } from '../store/attachments.ts';
import { awaitNoMore } from '../store/awaited-bodies.ts';
import type { Transaction } from '../store/database.ts';
import { deleteDraftsNaming, eraseBodies } from '../store/erase.ts';
import { eraseSubjects } from '../store/subjects.ts';
import { writeHouseLog } from '../store/house-log.ts';

/**
 * Removes the bodies of acts at our side, their files, and drafts that name them; heads, leaves and signatures stay, so
 * that the channel verifies as before (PROTOCOL §6). What is gone already is passed over.
 * @returns how many bodies were removed
 */
export async function eraseActs(
  transaction: Transaction,
  crypto: Crypto,
  relation: Relation,
  dossier: DossierId,
  acts: readonly ActId[],
  now: Instant,
): Promise<number> {
  await awaitNoMore(transaction, relation.number, acts);
  const erased = await eraseBodies(transaction, relation.number, acts);
  if (erased.length === 0) return 0;
  for (const act of erased) await eraseAttachmentsOf(transaction, relation.number, act);
  const drafts = await deleteDraftsNaming(transaction, relation.number, dossier, erased);
  await eraseSubjects(transaction, relation.number, erased);
  await writeHouseLog(transaction, crypto, {
    kind: 'erasure',
    time: now,
    what: { relation: relation.name, dossier, acts: erased, drafts },
    dossiers: [{ relation: relation.number, dossier }],
  });
  return erased.length;
}
