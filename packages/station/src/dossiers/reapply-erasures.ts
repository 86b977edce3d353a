import type { Parts } from '../custody/relation.ts';
import { transact } from '../store/database.ts';
import { dossiersSpeakingOfErasure, removeErasedAgain } from '../store/erase.ts';
import { holdFolding } from '../store/folding.ts';
import { eraseActs } from './erase-act.ts';
import { erasedActs } from './erased-acts.ts';
import { foldAll } from './fold-dossiers.ts';
import type { Folding } from './folding.ts';

/**
 * After a restore, before anything is served: folds what is not folded and removes again whatever the channels say was
 * erased or purged at our side. The bytes of files go with the next `removeErased`.
 * @returns how many bodies were removed
 */
export async function reapplyErasures(parts: Parts, folding: Folding): Promise<number> {
  const { relation } = folding;
  await foldAll(parts, folding);
  let removed = 0;
  for await (const { dossier, folded } of dossiersSpeakingOfErasure(parts.database, relation.number)) {
    const acts = erasedActs(folded, relation.own);
    if (acts.length === 0) continue;
    removed += await transact(parts.database, async (transaction) => {
      await holdFolding(transaction, relation.number);
      return eraseActs(transaction, parts.crypto, relation, dossier, acts, parts.clock.now());
    });
  }
  await removeErasedAgain(parts.database, relation.number);
  return removed;
}
