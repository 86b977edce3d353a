import type { DossierState, SuspectRange } from '@entente/protocol';
import type { Sizes } from '../store/folding.ts';
import { foldLine, type FoldedDossier, type PlacedAct } from './fold-at.ts';

/**
 * The act that came to stand before acts folded earlier and changed what those had led to; undefined where none did. A
 * desk then shows "changed by a late act" (PROTOCOL §3.4).
 */
export function lateAct(
  { state, acts }: FoldedDossier,
  covered: Sizes,
  suspects: readonly SuspectRange[],
): Uint8Array | undefined {
  const isKnown = (act: PlacedAct): boolean => act.position.index < (act.own ? covered.own : covered.theirs);
  const lastKnown = acts.findLastIndex(isKnown);
  const late = acts.findLast((act, at) => at < lastKnown && !isKnown(act));
  if (late === undefined) return undefined;
  const known = acts.filter((act, at) => at > lastKnown || isKnown(act));
  const without = foldLine(known, suspects);
  return without !== undefined && leadsToTheSame(without.state, state) ? undefined : Buffer.from(late.id, 'hex');
}

/** Whether acts that both states list have the same effect in both, and lead to the same state. */
function leadsToTheSame(without: DossierState, state: DossierState): boolean {
  const effects = new Map(state.acts.map(({ id, effect, by }) => [id, `${effect} ${by ?? ''}`]));
  return (
    without.state === state.state &&
    without.since === state.since &&
    without.acts.every(({ id, effect, by }) => effects.get(id) === `${effect} ${by ?? ''}`)
  );
}
