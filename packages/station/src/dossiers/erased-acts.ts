import type { ActId, DossierState, PartyId } from '@entente/protocol';

/**
 * The acts of a dossier whose bodies a party has to remove at its side (PROTOCOL §6): those whose erasure it demanded
 * itself, and those it told the counterpart it had erased, wholly or as far as it could, or purged after a recall.
 */
export function erasedActs(state: DossierState, party: PartyId): readonly ActId[] {
  const author = new Map(state.acts.map(({ id, from }) => [id, from]));
  const isOwn = ({ act }: { readonly act: ActId }): boolean => author.get(act) === party;
  return state.acts
    .filter(({ erased, recalled }) => {
      if (erased !== undefined && author.get(erased.by) === party) return true;
      const honoured = erased?.answers.some((answer) => isOwn(answer) && answer.answer !== 'refused');
      return honoured === true || recalled?.answers.some((answer) => isOwn(answer) && answer.answer === 'purged');
    })
    .map(({ id }) => id);
}

/** Whether anything in a dossier speaks of erasing. */
export function speaksOfErasure({ acts }: DossierState): boolean {
  return acts.some(({ erased, recalled }) => erased !== undefined || recalled !== undefined);
}
