import type { BlindTerms } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { type BlindSet, countAnswered, listBlindSets } from '../store/blind.ts';
import { countOwnQueries } from '../store/blind-checks.ts';
import { refreshRegisters } from './agreed-terms.ts';

/** How much of a budget is used, in the day (UTC) and in the 30 days that end with it. */
export interface Spent {
  readonly day: number;
  readonly month: number;
}

/** Where checks of one purpose stand: both sides' budgets are the accord's. */
export interface PurposeSurvey {
  readonly terms: BlindTerms;
  readonly asked: Spent;
  readonly answered: Spent;
  readonly own: BlindSet | undefined;
  readonly theirs: BlindSet | undefined;
}

/** Looks at every purpose for which the accord in force allows blind checks. */
export async function surveyPurposes(parts: Parts, relation: Relation): Promise<readonly PurposeSurvey[]> {
  await refreshRegisters(parts, relation);
  const { database } = parts;
  const now = parts.clock.now();
  const { blind = [] } = relation.authority.accord(relation.own).accord;
  return Promise.all(
    blind.map(async (terms) => {
      const [own] = await listBlindSets(database, relation.number, true, terms.purpose);
      const [theirs] = await listBlindSets(database, relation.number, false, terms.purpose);
      const asked = await countOwnQueries(database, relation.number, terms.purpose, now);
      const answered = await countAnswered(database, relation.number, terms.purpose, now);
      return { terms, asked, answered, own, theirs };
    }),
  );
}
