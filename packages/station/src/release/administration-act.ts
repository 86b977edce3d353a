import type { ActId, JsonObject } from '@entente/protocol';
import { approveByKey, writeApproval } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { tellRelease } from '../exchange/wake.ts';
import { authoriseActs } from './authorise-acts.ts';
import { releaseParcel } from './release-parcel.ts';
import { measureOutbox } from '../store/outbox.ts';
import { writeRelationAct } from './write-relation-act.ts';

/**
 * Says an act of the officer-key administration and gives it its position at once: an officer's first signature is judged
 * by the keys that stand in the channel before it.
 */
export async function sayByAdministration(
  parts: Parts,
  relation: Relation,
  type: 'officer-key' | 'officer-revoke' | 'clock-override',
  inputs: JsonObject,
): Promise<ActId> {
  const author = { function: 'administration', pseudonym: 'administration' };
  const { id, head, body } = writeRelationAct(parts, relation, { type: `relation/${type}`, inputs }, author);
  const { secretSeed } = relation.keys.administration;
  const approval = writeApproval(approveByKey(parts.crypto, 'administration', [id], secretSeed));
  await authoriseActs(parts, relation, [{ head, body }], [approval]);
  await releaseAll(parts, relation);
  // A running station may have looked between the two and gone to sleep again.
  await tellRelease(parts.database, relation.number);
  return id;
}

/** Gives positions to all that waits and may leave. */
export async function releaseAll(parts: Parts, relation: Relation): Promise<void> {
  for (;;) {
    const { acts, held } = await measureOutbox(parts.database, relation.number);
    if (acts === held || (await releaseParcel(parts, relation)) === undefined) return;
  }
}
