import { blindAuditDays, type BlindTerms, blindTermsOf, type Instant } from '@entente/protocol';
import { removeErased } from '../custody/attachments/erase-attachments.ts';
import type { Relation } from '../custody/relation.ts';
import { eraseAttachmentsOf } from '../store/attachments.ts';
import { transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { keptEpochs, oldBlindSets, type OldSet, purposesOfSets } from '../store/old-blind-sets.ts';
import { agreedTerms, refreshRegisters } from './agreed-terms.ts';
import type { BlindStation } from './blind-station.ts';
import { removeTable } from './table-file.ts';

const day = 86_400_000;

/**
 * Removes the tables of both sides that nothing may be asked of any more and whose time for audit is over, then the secrets under
 * which no table is left and that are not in force. Heads stay: that a set was published, its root, and what was asked of it.
 */
export async function removeOldSets(station: BlindStation, relation: Relation): Promise<void> {
  const { parts, custody } = station;
  const { database, clock } = parts;
  await refreshRegisters(parts, relation);
  const { accord } = relation.authority.accord(relation.own);
  for (const { own, purpose } of await purposesOfSets(database, relation.number)) {
    const before = (clock.now() - keptDays(blindTermsOf(accord, purpose)) * day) as Instant;
    for (const set of await oldBlindSets(database, relation.number, own, purpose, before)) {
      await removeTableOf(station, relation, own, set);
    }
    if (own) await removeSecrets(station, relation, purpose);
  }
  await removeErased(custody, relation.number);
}

/** A purpose that the accord names no more is asked nothing: only the time for audit counts. */
function keptDays(terms: BlindTerms | undefined): number {
  return (terms?.setDays ?? 0) + blindAuditDays(terms);
}

async function removeTableOf(
  { parts, custody }: BlindStation,
  relation: Relation,
  own: boolean,
  set: OldSet,
): Promise<void> {
  const { database, crypto, clock } = parts;
  await transact(database, async (transaction) => {
    await eraseAttachmentsOf(transaction, relation.number, set.act);
    const { act, purpose, epoch } = set;
    const what = { relation: relation.name, did: 'blind-set-removed', purpose, act, epoch, own };
    await writeHouseLog(transaction, crypto, { kind: 'blind', time: clock.now(), what });
  });
  await removeTable(custody, relation.number, set);
}

/** Only a lower epoch than the one in force: keys never go back, and one that was made and not yet announced stays. */
async function removeSecrets({ parts, keystore }: BlindStation, relation: Relation, purpose: string): Promise<void> {
  const agreed = agreedTerms(relation, relation.own, purpose);
  const kept = await keptEpochs(parts.database, relation.number, purpose);
  for (const epoch of await keystore.blindEpochs(relation.name, purpose)) {
    if (agreed === undefined || epoch >= agreed.epoch || kept.includes(epoch)) continue;
    await keystore.destroyBlind(relation.name, purpose, epoch);
    const what = { relation: relation.name, did: 'blind-secret-destroyed', purpose, epoch };
    await transact(parts.database, (transaction) =>
      writeHouseLog(transaction, parts.crypto, { kind: 'blind', time: parts.clock.now(), what }),
    );
  }
}
