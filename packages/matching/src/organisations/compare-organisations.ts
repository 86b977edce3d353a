import type { Comparison, EvidenceTerm } from '../comparison.ts';
import { DOCUMENT_EVIDENCE, DOCUMENT_MISSING } from '../documents/compare-documents.ts';
import type { Identity } from '../identity.ts';
import { NUMBER_FINDINGS } from '../numbers/compare-written.ts';
import { bestDocuments } from '../score/best-agreement.ts';
import { probabilityOf } from '../score/compare-identities.ts';
import { prepareIdentity } from '../score/prepared.ts';
import { tokenEvidence, tokenMatch } from '../spelling/token-evidence.ts';
import { type OrganisationName, type OrganisationWord, readOrganisation } from './read-organisation.ts';

/**
 * How far two organisations are one, and why. By rule, for there are no labelled pairs to learn from: the probability orders
 * proposals and is not calibrated. A date said of an organisation is no birth and is not compared. Never throws, and says
 * the same whichever is first.
 */
export function compareOrganisations(a: Identity, b: Identity): Comparison {
  const terms = [prior, ...namesExplained(a, b), ...numbersExplained(a, b)];
  const evidence = terms.reduce((sum, term) => sum + term.evidence, 0);
  const sorted = terms.toSorted((one, other) => Math.abs(other.evidence) - Math.abs(one.evidence));
  return { probability: probabilityOf(evidence), evidence, terms: sorted };
}

/** What is written by hand, in nats. */
const RULES = {
  /** Two names that were picked for a common word are seldom one organisation. */
  prior: -5,
  /** A word of trade or of a country, which thousands bear. */
  trade: 1.2,
  /** Any other word is at least and at most so rare: the learned rarity is of persons' names. */
  least: 2.5,
  most: 6,
  /** Words whose likeness is less than this share of equality are two words. */
  alike: 0.55,
  /** What is left over on one side is a longer name of the same; on both sides it is another name. */
  leftOnOneSide: -0.35,
  leftOnBoth: -1,
  sameForm: 0.5,
  /** Companies change their form and lists drop it, but a foundation is no limited company. */
  otherForm: -1.5,
  acronym: 5,
} as const;

const prior: EvidenceTerm = {
  about: 'prior',
  finding: 'organisations-prior',
  left: undefined,
  right: undefined,
  evidence: RULES.prior,
};

/** The terms of the two names that agree most. */
function namesExplained(a: Identity, b: Identity): readonly EvidenceTerm[] {
  let best: { readonly terms: readonly EvidenceTerm[]; readonly sum: number } = { terms: [], sum: -Infinity };
  for (const left of readNames(a)) {
    for (const right of readNames(b)) {
      const terms = namePair(left, right);
      const sum = terms.reduce((all, { evidence }) => all + evidence, 0);
      if (sum > best.sum) best = { terms, sum };
    }
  }
  return best.terms;
}

const MOST_NAMES = 12;

function readNames({ names }: Identity): readonly OrganisationName[] {
  return names
    .slice(0, MOST_NAMES)
    .map(readOrganisation)
    .filter((name) => name !== undefined);
}

function namePair(left: OrganisationName, right: OrganisationName): readonly EvidenceTerm[] {
  return [...(acronymTerm(left, right) ?? wordTerms(left, right)), ...formTerm(left, right)];
}

function acronymTerm(left: OrganisationName, right: OrganisationName): readonly EvidenceTerm[] | undefined {
  const stands = (short: OrganisationName, long: OrganisationName): boolean =>
    short.acronym !== undefined && long.words.length > 1 && long.initials.includes(short.acronym);
  if (!stands(left, right) && !stands(right, left)) return undefined;
  return [{ about: 'name', finding: 'acronym', left: left.written, right: right.written, evidence: RULES.acronym }];
}

function wordTerms(left: OrganisationName, right: OrganisationName): readonly EvidenceTerm[] {
  const { met, leftOver, rightOver } = align(left.words, right.words);
  const weigh = (words: readonly OrganisationWord[]): number => words.reduce((sum, word) => sum + weightOf(word), 0);
  const [one, other] = [weigh(leftOver), weigh(rightOver)];
  // Left over on both sides is what the lesser side has; the rest is a longer name.
  const both = Math.min(one, other);
  const alone = Math.max(one, other) - both;
  const evidence = RULES.leftOnBoth * both + RULES.leftOnOneSide * alone;
  const over = (words: readonly OrganisationWord[]): string | undefined =>
    words.length === 0 ? undefined : words.map(({ written }) => written).join(' ');
  return [
    ...met.map(({ left: ours, right: theirs, evidence: agreed }): EvidenceTerm => ({
      about: 'name',
      ...(ours.trade === undefined ? { finding: 'words-agree' } : { finding: 'trade-words-agree' }),
      left: ours.written,
      right: theirs.written,
      evidence: agreed,
    })),
    ...(evidence === 0
      ? []
      : [
          {
            about: 'name' as const,
            finding: 'words-left-over',
            left: over(leftOver),
            right: over(rightOver),
            evidence,
          },
        ]),
  ];
}

type Met = { readonly left: OrganisationWord; readonly right: OrganisationWord; readonly evidence: number };

/** The strongest pair of words first, then the strongest of those left. */
function align(
  left: readonly OrganisationWord[],
  right: readonly OrganisationWord[],
): {
  readonly met: readonly Met[];
  readonly leftOver: readonly OrganisationWord[];
  readonly rightOver: readonly OrganisationWord[];
} {
  const pairs = left
    .flatMap((one) => right.map((other) => ({ left: one, right: other, evidence: agreementOf(one, other) })))
    .filter(({ evidence }) => evidence > 0)
    // Among equals by what is written, so that neither side comes first.
    .toSorted((one, other) => other.evidence - one.evidence || (placeOf(one) < placeOf(other) ? -1 : 1));
  const taken = new Set<OrganisationWord>();
  const met: Met[] = [];
  for (const pair of pairs) {
    if (taken.has(pair.left) || taken.has(pair.right)) continue;
    taken.add(pair.left).add(pair.right);
    met.push(pair);
  }
  const free = (words: readonly OrganisationWord[]): readonly OrganisationWord[] =>
    words.filter((word) => !taken.has(word));
  return { met, leftOver: free(left), rightOver: free(right) };
}

const placeOf = ({ left, right }: Met): string => [left.token.key, right.token.key].toSorted().join(' ');

/** A word of trade agrees with its like in any language, another word with its spellings in either script. */
function agreementOf(left: OrganisationWord, right: OrganisationWord): number {
  if (left.trade !== undefined || right.trade !== undefined) return left.trade === right.trade ? RULES.trade : 0;
  const weight = (weightOf(left) + weightOf(right)) / 2;
  if (left.token.script === right.token.script && left.token.key === right.token.key) return weight;
  tokenEvidence(left.token, right.token);
  return tokenMatch.share < RULES.alike ? 0 : weight * Math.min(1, tokenMatch.share);
}

function weightOf({ token, trade }: OrganisationWord): number {
  return trade === undefined ? Math.max(RULES.least, Math.min(RULES.most, token.rarity)) : RULES.trade;
}

function formTerm({ form: left }: OrganisationName, { form: right }: OrganisationName): readonly EvidenceTerm[] {
  if (left === undefined || right === undefined) return [];
  const said = { about: 'name' as const, left: left.written, right: right.written };
  return left.kind === right.kind
    ? [{ ...said, finding: 'same-legal-form', evidence: RULES.sameForm }]
    : [{ ...said, finding: 'other-legal-form', evidence: RULES.otherForm }];
}

function numbersExplained(a: Identity, b: Identity): readonly EvidenceTerm[] {
  const [left, right] = [a, b].map(({ documents = [] }) => prepareIdentity({ names: [], documents }));
  if (left === undefined || right === undefined) return [];
  const { left: at, right: other, finding } = bestDocuments(left, right);
  if (finding === DOCUMENT_MISSING) return [];
  return [
    {
      about: 'document',
      finding: NUMBER_FINDINGS[finding] ?? 'missing',
      left: left.documents[at]?.written,
      right: right.documents[other]?.written,
      evidence: DOCUMENT_EVIDENCE[finding] ?? 0,
    },
  ];
}
