import { Refusal } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { ReadAct } from './weigh-entry.ts';

/** An act that is not for us, or not of this relation, is refused and never noted (PROTOCOL §1.2). */
export function checkRecipients(relation: Relation, acts: readonly ReadAct[]): void {
  for (const { id, head } of acts) {
    if (head === undefined) continue;
    if (head.to !== relation.own) throw new Refusal('wrong-recipient', { where: `act ${id}` });
    if (head.from !== relation.counterpart || head.relation !== relation.name) {
      throw new Refusal('wrong-relation', { where: `act ${id}` });
    }
  }
}
