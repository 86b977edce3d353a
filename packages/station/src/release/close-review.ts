import { type ActId, Refusal } from '@entente/protocol';
import type { Parts } from '../custody/relation.ts';
import { transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import type { RelationRecord } from '../store/relations.ts';
import { closeReviewRow, lockReview } from '../store/reviews.ts';

/** What an officer found of one gate that the floor had waived. */
export interface GateFinding {
  readonly gate: string;
  readonly result: 'passed' | 'failed';
  readonly reasoning: string;
}

/**
 * Closes the review of a floor act, with a finding on each gate it had waived; the findings go to the house log. What was
 * found to have failed is put right by acts: a recall, a narrowing, a correction.
 * @throws Refusal `act-unknown` where the act needs no review, `already-exists` where it was closed, `gate-open` naming the
 * first gate without a finding, `field-malformed` for a finding on another gate
 */
export async function closeReview(
  { database, crypto, clock }: Pick<Parts, 'database' | 'crypto' | 'clock'>,
  { relation, name }: RelationRecord,
  officer: number,
  act: ActId,
  findings: readonly GateFinding[],
): Promise<void> {
  await transact(database, async (transaction) => {
    const review = await lockReview(transaction, relation, act);
    if (review === undefined) throw new Refusal('act-unknown', { where: act });
    if (review.closed !== null) throw new Refusal('already-exists', { what: 'the review is closed' });
    const found = new Set(findings.map(({ gate }) => gate));
    const other = findings.findIndex(({ gate }, at) => !review.gates.includes(gate) || isRepeated(findings, at));
    if (other >= 0) throw new Refusal('field-malformed', { where: `$.gates[${other}].gate` });
    const left = review.gates.find((gate) => !found.has(gate));
    if (left !== undefined) throw new Refusal('gate-open', { where: '$.gates', what: left });
    const closed = clock.now();
    await writeHouseLog(transaction, crypto, {
      kind: 'gate',
      time: closed,
      what: { relation: name, review: act, officer, gates: findings.map((finding) => ({ ...finding })) },
      dossiers: [{ relation, dossier: review.dossier }],
    });
    await closeReviewRow(transaction, relation, act, { officer, closed });
  });
}

function isRepeated(findings: readonly GateFinding[], at: number): boolean {
  return findings.findIndex(({ gate }) => gate === findings[at]?.gate) < at;
}
