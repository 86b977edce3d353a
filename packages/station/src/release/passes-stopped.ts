import { isFloorAct } from '@entente/protocol';
import { readAct } from '../exchange/weigh-entry.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import type { Outgoing } from '../store/outbox.ts';

/** What may still be said over a channel that a conflict stopped: the floor, and answers to the other side's (PROTOCOL §2.5). */
export function passesStopped({ crypto }: Parts, relation: Relation, { envelope }: Outgoing): boolean {
  const { head } = readAct(crypto, envelope, undefined);
  if (head === undefined) return false;
  return head.type === 'relation/express-receipt' || isFloorAct(relation.authority.accord(relation.own).accord, head);
}
