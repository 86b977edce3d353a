import type { ActType, DossierState } from '@entente/protocol';

/** Whether a party can say a type in a dossier now, and if not why: a button, the API and the fold read one table. */
export type SayDecision =
  | { readonly kind: 'may' }
  | {
      readonly kind: 'must-not';
      readonly why: 'dossier-unopened' | 'dossier-exists' | 'not-the-owner' | 'not-in-this-state';
    };

/**
 * Reads the table for one act type, one party, and the dossier as the party knows it; undefined for a dossier that is
 * not open yet. Gates, lanes and the fields of the act are others' to check.
 */
export function maySay(type: ActType, state: DossierState | undefined, party: string): SayDecision {
  const isOpening = type.from !== 'any' && type.from.length === 0;
  if (state === undefined) return isOpening ? { kind: 'may' } : mustNot('dossier-unopened');
  if (isOpening) return mustNot('dossier-exists');
  if (!isSideOf(type, state, party) || !hasToSpeakOf(type, state, party)) return mustNot('not-the-owner');
  return type.from === 'any' || type.from.includes(state.state) ? { kind: 'may' } : mustNot('not-in-this-state');
}

function isSideOf({ by }: ActType, { opener }: DossierState, party: string): boolean {
  switch (by) {
    case 'opener':
      return party === opener;
    case 'other':
      return party !== opener;
    case 'either':
    case 'owner':
      return true;
    default:
      return by satisfies never;
  }
}

function hasToSpeakOf({ speaksOf }: ActType, { acts }: DossierState, party: string): boolean {
  switch (speaksOf) {
    case undefined:
    case 'any':
      return true;
    case 'own':
      return acts.some(({ from }) => from === party);
    case 'theirs':
      return acts.some(({ from }) => from !== party);
    default:
      return speaksOf satisfies never;
  }
}

function mustNot(why: (SayDecision & { kind: 'must-not' })['why']): SayDecision {
  return { kind: 'must-not', why };
}
