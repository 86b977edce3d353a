import type { PartyId } from '@entente/protocol';
import type { Parts } from '../custody/relation.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { awaitNoMore, awaitsBodies, dueBodies, type DueBody, noteWithheld } from '../store/awaited-bodies.ts';
import type { Transaction } from '../store/database.ts';
import type { HeldChannels } from '../store/folding.ts';
import { erasedActs } from './erased-acts.ts';
import type { Folding } from './folding.ts';
import type { Piece } from './next-piece.ts';

// What an alarm says stays readable.
const mostNamed = 20;

/**
 * Says of bodies that did not come whether an act erased them or the counterpart withheld them. That is alarmed and marked
 * here only: the counterpart, which has them, folds the same state, for states read heads only.
 */
export async function judgeBodies(
  transaction: Transaction,
  { clock }: Pick<Parts, 'clock'>,
  { relation }: Folding,
  { own, theirs }: HeldChannels,
  piece: Piece,
): Promise<void> {
  if (piece.to.theirs === 0 || !(await awaitsBodies(transaction, relation.number))) return;
  const channels = { own: own.channel, theirs: theirs.channel };
  const due = await dueBodies(transaction, relation.number, channels, piece.theirs.sawAfter);
  if (due.length === 0) return;
  const erased = due.filter((one) => isErased(one, relation.parties)).map(({ act }) => act);
  const withheld = due.filter((one) => !isErased(one, relation.parties));
  await awaitNoMore(transaction, relation.number, erased);
  if (withheld.length === 0) return;
  const acts = withheld.map(({ act }) => act);
  await noteWithheld(transaction, relation.number, acts);
  const more = acts.length > mostNamed ? ', …' : '';
  const what = `${relation.counterpart} released ${acts.length} acts without the bodies that their heads name, though no act erased them: ${acts.slice(0, mostNamed).join(', ')}${more}. They are kept and count. Ask ${relation.counterpart} to say them again, or for its whole channel: entente carry out --all`;
  const proof = new TextEncoder().encode(acts.join('\n'));
  const alarm = { relation: relation.number, time: clock.now(), kind: 'body-withheld', what, proof } as const;
  await raiseAlarm(transaction, alarm);
}

function isErased({ act, folded }: DueBody, parties: readonly PartyId[]): boolean {
  return folded !== null && parties.some((party) => erasedActs(folded, party).includes(act));
}
