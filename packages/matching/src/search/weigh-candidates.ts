import { comparePrepared, evidenceOf, probabilityOf } from '../score/compare-identities.ts';
import type { PreparedIdentity } from '../score/prepared.ts';
import { bestBirths } from '../score/best-agreement.ts';
import type { Candidate } from './candidate.ts';
import { CROWD_SURPLUS } from './crowd-birth.ts';
import type { Judged } from './best-judged.ts';
import type { KnownForms } from './known-forms.ts';
import { readIdentity } from './read-identity.ts';
import { RecordReader } from './record.ts';
import { readText } from './text-bytes.ts';

/** Whole comparisons a query may cost. */
export const MOST_WEIGHED = 96;
/**
 * The first judgement knows this crowd, its spellings and its rare names; the evidence was learned on other pairs. From
 * none to .8 of it were tried on a million: .7 finds one in a hundred more among the first ten.
 */
const CROWD_SHARE = 0.7;

/** Compares the best judged in full, each key once; in the order they come. */
export function weighCandidates(query: PreparedIdentity, judged: readonly Judged[], known: KnownForms): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const { records, offset, nameJudgement } of judged) {
    if (candidates.size >= MOST_WEIGHED) break;
    const record = new RecordReader(records);
    record.open(offset);
    const key = readText(record.key());
    if (!candidates.has(key)) candidates.set(key, weigh(key, query, readIdentity(record, known), nameJudgement));
  }
  return [...candidates.values()];
}

function weigh(key: string, query: PreparedIdentity, found: PreparedIdentity, nameJudgement: number): Candidate {
  const evidence = evidenceOf(query, found);
  const ofBirth = CROWD_SURPLUS[bestBirths(query, found).finding] ?? 0;
  const standing = evidence + ofBirth + CROWD_SHARE * nameJudgement;
  return {
    key,
    standing,
    evidence,
    probability: probabilityOf(evidence),
    explain: () => comparePrepared(query, found),
  };
}
