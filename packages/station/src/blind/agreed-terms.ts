import { blindKeyInForce, type BlindTerms, blindTermsOf, type PartyId, strictestLane } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import type { SpentQueries } from '../store/blind-budget.ts';
import { readChannels } from '../store/channels.ts';
import { trackOf } from './blind-station.ts';

/** What holds now for checks of a purpose that one party answers. */
export interface AgreedTerms {
  readonly terms: BlindTerms;
  /** The answering party's key in force. */
  readonly epoch: number;
  readonly key: Uint8Array;
  /** Whether both parties' settings let acts of the track pass to the answering party without more. */
  readonly laneOpen: boolean;
}

/** Reads accord, registers and lanes; undefined where the accord lets this party answer nothing for the purpose. */
export function agreedTerms(relation: Relation, answering: PartyId, purpose: string): AgreedTerms | undefined {
  const { authority, own, counterpart } = relation;
  const terms = blindTermsOf(authority.accord(own).accord, purpose);
  const announced = authority.present(answering).blindKey(purpose);
  const key = terms && blindKeyInForce(terms, answering, announced);
  if (terms === undefined || key === undefined) return undefined;
  const asking = answering === own ? counterpart : own;
  const { out, into } = authority.present(asking).lanes(trackOf(purpose));
  return {
    terms,
    epoch: key.epoch,
    key: Uint8Array.fromBase64(key.key),
    laneOpen: strictestLane(out, into) === 'open',
  };
}

/** Whether nothing is left of the budget: the asking side asks no more, and the answering side refuses, by the same rule. */
export function isSpent({ queriesPerDay, queriesPerMonth }: BlindTerms, { day, month }: SpentQueries): boolean {
  return day >= queriesPerDay || month >= queriesPerMonth;
}

/** Takes in what was committed since, in turn with the verbs that record: accord, keys and lanes are then those of now. */
export async function refreshRegisters({ database }: Parts, relation: Relation): Promise<void> {
  const { authority, number } = relation;
  await authority.guarded(async (turn) => {
    await turn();
    const { own, theirs } = await readChannels(database, number);
    await authority.catchUp(database, own, theirs);
  });
}
