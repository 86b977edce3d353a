import { actTypeOf, type Head, type Instant, isFloorAct } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import type { Relation } from '../custody/relation.ts';
import type { Transaction } from '../store/database.ts';
import { openReview } from '../store/reviews.ts';
import type { ReleasedAct } from '../store/transfer-record.ts';

// PROTOCOL §3.9.
const within = 24 * 3_600_000;

/** Opens a review of each floor act that was released with gates nobody had passed, due within a day. */
export async function openWaivedReviews(
  transaction: Transaction,
  relation: Relation,
  acts: readonly ReleasedAct[],
  released: Instant,
): Promise<void> {
  for (const { act, head } of acts) {
    const gates = head.floor === true ? waivedGates(relation, head) : [];
    if (gates.length === 0) continue;
    const { dossier, type } = head;
    const due = (released + within) as Instant;
    await openReview(transaction, relation.number, { act, dossier, type, gates, released, due });
  }
}

function waivedGates(relation: Relation, head: Head): readonly string[] {
  const { accord } = relation.authority.accord(relation.own);
  if (!isFloorAct(accord, head)) return [];
  const gates = actTypeOf(tracks, head.type, head.trackVersion)?.type.gates ?? [];
  const passed = new Set(head.gates.filter(({ result }) => result === 'passed').map(({ gate }) => gate));
  return gates.filter((gate) => !passed.has(gate));
}
