import type { DossierState } from '@entente/protocol';
import { maySend, mayTakeUp } from './handling.ts';
import type { HandlingDecision, Item, NewAct, Use } from './handling.ts';

/** An earlier act that the new one takes up, with the dossier it stands in, which may be another one. */
export interface Reused {
  readonly state: DossierState | undefined;
  readonly item: Item;
}

/** An item that keeps a gate shut, and why. */
export interface GateShut {
  readonly item: string;
  readonly decision: HandlingDecision & { readonly kind: 'must-not' };
}

/** Gate `handling-inherited`: the new head is at least as strict as everything it takes up. Empty where it opens. */
export function handlingInherited(reused: readonly Reused[], use: Use, newAct: NewAct): readonly GateShut[] {
  return shut(reused, ({ state, item }) => mayTakeUp(state, item, use, newAct.handling));
}

/** Gate `permission-held`: the owner permits that everything taken up goes to this counterpart. Empty where it opens. */
export function permissionHeld(reused: readonly Reused[], use: Use, newAct: NewAct): readonly GateShut[] {
  return shut(reused, ({ state, item }) => maySend(state, item, use, newAct.to));
}

function shut(reused: readonly Reused[], decide: (reused: Reused) => HandlingDecision): readonly GateShut[] {
  return reused.flatMap((one) => {
    const decision = decide(one);
    return decision.kind === 'must-not' ? [{ item: one.item.id, decision }] : [];
  });
}
