import type { ActId, DossierState, Head } from '@entente/protocol';
import { type HandlingDecision, mayExport, mayForward, mayRead, type Use } from '@entente/tracks';

/** What someone wants to do with an item: see it, or take it outside. */
export const itemUses = ['read', 'operational-file', 'judicial-file', 'other-authority'] as const;
export type ItemUse = (typeof itemUses)[number];

/**
 * Whether an item may be used so, by its codes as they stand now. An act that no dossier has folded yet is judged by its
 * own head alone: nothing can have loosened it.
 */
export function decideUse(
  state: DossierState | undefined,
  act: ActId,
  head: Head,
  use: Use,
  itemUse: ItemUse,
): HandlingDecision {
  const item = { id: act, head };
  const known = state?.acts.some(({ id }) => id === act) === true ? state : stateOf(act, head);
  switch (itemUse) {
    case 'read':
      return mayRead(known, item, use);
    case 'operational-file':
    case 'judicial-file':
      return mayExport(known, item, use, itemUse);
    case 'other-authority':
      return mayForward(known, item, use);
    default:
      return itemUse satisfies never;
  }
}

function stateOf(act: ActId, head: Head): DossierState {
  return {
    dossier: head.dossier,
    track: head.type.slice(0, head.type.indexOf('/')),
    trackVersion: head.trackVersion,
    opener: head.from,
    state: '',
    since: act,
    acts: [{ id: act, type: head.type, from: head.from, effect: 'effective' }],
    clocks: [],
    data: {},
  };
}
