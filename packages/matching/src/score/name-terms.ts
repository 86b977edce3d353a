import type { EvidenceTerm } from '../comparison.ts';
import { ALIGNMENT_WIDTH, align } from './alignment.ts';
import type { Alignment } from './alignment.ts';
import { NAME_FEATURES, familyOf, fillFeatures, givenOf } from './name-features.ts';
import type { NameFinding } from './name-finding.ts';
import { explainModel } from './name-model.ts';
import type { PreparedName } from './prepared-name.ts';

export type NameExplanation = { readonly prior: number; readonly terms: readonly EvidenceTerm[] };

const FINDING_OF: Readonly<Record<(typeof NAME_FEATURES)[number], NameFinding>> = {
  matched: 'words-agree',
  'short-words': 'form-of-name',
  'long-words': 'form-of-name',
  'short-left-over': 'words-left-over',
  'long-left-over': 'words-left-over',
  evidence: 'words-agree',
  'rare-agreement': 'words-agree',
  'rarest-agreement': 'words-agree',
  'worst-share': 'words-agree',
  'second-worst-share': 'words-agree',
  'mean-share': 'words-agree',
  'short-left-over-rarity': 'words-left-over',
  'long-left-over-rarity': 'words-left-over',
  'left-over-likeness': 'words-left-over',
  'given-share-low': 'given-name',
  'given-share-high': 'given-name',
  'family-share-low': 'family-name',
  'family-share-high': 'family-name',
  'given-to-given': 'given-name',
  'family-to-family': 'family-name',
  inversions: 'form-of-name',
  scripts: 'form-of-name',
  initials: 'form-of-name',
  joins: 'form-of-name',
  'affixes-differ': 'words-agree',
  'equal-words': 'words-agree',
  'least-evidence': 'words-agree',
  'given-likeness': 'given-name',
  'family-likeness': 'family-name',
  links: 'form-of-name',
  'styles-left-over': 'words-left-over',
  'given-names-agree': 'given-name',
  'family-names-agree': 'family-name',
  'listed-matches': 'words-agree',
  'other-names-left-over': 'words-left-over',
  'least-letters': 'words-agree',
  'left-over-letters': 'words-left-over',
  'first-letter': 'words-agree',
};

/** The sum of `nameEvidence` in parts; `left` of every term is of the first name. Agreement is shared out to the words by rarity. */
export function nameTerms(first: PreparedName, second: PreparedName): NameExplanation {
  const swapped = first.written > second.written;
  const [left, right] = [swapped ? second : first, swapped ? first : second];
  const found = align(left, right);
  const shares = new Float64Array(NAME_FEATURES.length);
  const prior = explainModel(fillFeatures(left, right, found), shares);
  const sums: Record<NameFinding, number> = {
    'words-agree': 0,
    'words-left-over': 0,
    'given-name': 0,
    'family-name': 0,
    'form-of-name': 0,
  };
  NAME_FEATURES.forEach((feature, at) => (sums[FINDING_OF[feature]] += shares[at] ?? 0));
  const whole = { left: left.written, right: right.written };
  const [given, family] = [givenOf(left, left.tokens.length), familyOf(left, left.tokens.length)];
  const terms: EvidenceTerm[] = [
    ...agreements(left, right, found, sums['words-agree']),
    term(
      'words-left-over',
      leftOver(left, found.partnerOfLeft),
      leftOver(right, found.partnerOfRight),
      sums['words-left-over'],
    ),
    term(
      'given-name',
      left.tokens[given]?.written,
      right.tokens[givenOf(right, right.tokens.length)]?.written,
      sums['given-name'],
    ),
    term(
      'family-name',
      left.tokens[family]?.written,
      right.tokens[familyOf(right, right.tokens.length)]?.written,
      sums['family-name'],
    ),
    term('form-of-name', whole.left, whole.right, sums['form-of-name']),
  ];
  return { prior, terms: swapped ? terms.map((one) => ({ ...one, left: one.right, right: one.left })) : terms };
}

function term(
  finding: NameFinding,
  left: string | undefined,
  right: string | undefined,
  evidence: number,
): EvidenceTerm {
  return { about: 'name', finding, left, right, evidence };
}

/** One term for each pair of words that agree; rarer and closer pairs carry more of the sum. */
function agreements(left: PreparedName, right: PreparedName, found: Alignment, sum: number): EvidenceTerm[] {
  const pairs: { readonly left: string; readonly right: string; readonly weight: number }[] = [];
  for (const [i, token] of left.tokens.slice(0, ALIGNMENT_WIDTH).entries()) {
    const partner = right.tokens[found.partnerOfLeft[i] ?? -1];
    if (partner === undefined) continue;
    pairs.push({
      left: token.written,
      right: partner.written,
      weight: 0.1 + Math.max(0, found.shareOfLeft[i] ?? 0) * Math.min(token.rarity, partner.rarity),
    });
  }
  const total = pairs.reduce((weight, pair) => weight + pair.weight, 0);
  if (pairs.length === 0) return [term('words-agree', undefined, undefined, sum)];
  return pairs.map((pair) => term('words-agree', pair.left, pair.right, (sum * pair.weight) / total));
}

function leftOver(name: PreparedName, partners: Int8Array): string | undefined {
  const words = name.tokens.slice(0, ALIGNMENT_WIDTH).filter((_, i) => partners[i] === -1);
  return words.length === 0 ? undefined : words.map((token) => token.written).join(' ');
}
