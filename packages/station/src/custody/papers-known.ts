import { type NotedReason, Refusal } from '@entente/protocol';
import type { ReadAct } from '../exchange/weigh-entry.ts';
import type { Relation } from './relation.ts';

/**
 * Acts after a keyset act are judged by that keyset for good, so it must be here: like an approval, it is awaited.
 * @throws Refusal `key-unknown` where an effective act puts a keyset in force that nobody has brought
 */
export function checkKeysetKnown(relation: Relation, { id, head }: ReadAct, verdict: NotedReason | undefined): void {
  if (verdict !== undefined || head?.type !== 'relation/keyset') return;
  if (relation.keysets.some((known) => known.id === head.inputs['keyset'])) return;
  throw new Refusal('key-unknown', { where: `act ${id}`, what: 'the keyset it puts in force has not come' });
}

/**
 * The same of an acceptance: its accord stands in the body of the proposal, which may have been kept back.
 * @throws Refusal `body-awaited` where an effective act puts an accord in force that is not here
 */
export function checkAccordKnown(
  authority: Relation['authority'],
  act: ReadAct,
  verdict: NotedReason | undefined,
): void {
  if (verdict !== undefined || !authority.lacksAccord(act)) return;
  throw new Refusal('body-awaited', { where: `act ${act.id}`, what: 'the accord it puts in force has not come' });
}
