import { givenNamesAgree } from '../names/given-name.ts';
import type { Alignment } from './alignment.ts';
import { ALIGNMENT_WIDTH } from './alignment.ts';
import { leastLetters, leftOverLetters, letters } from './letter-features.ts';
import type { PreparedName, PreparedToken } from './prepared-name.ts';

/** What the learned model sees of two aligned names. `short` is the name with fewer words, by either count the same. */
export const NAME_FEATURES = [
  'matched',
  'short-words',
  'long-words',
  'short-left-over',
  'long-left-over',
  'evidence',
  'rare-agreement',
  'rarest-agreement',
  'worst-share',
  'second-worst-share',
  'mean-share',
  'short-left-over-rarity',
  'long-left-over-rarity',
  'left-over-likeness',
  'given-share-low',
  'given-share-high',
  'family-share-low',
  'family-share-high',
  'given-to-given',
  'family-to-family',
  'inversions',
  'scripts',
  'initials',
  'joins',
  'affixes-differ',
  'equal-words',
  'least-evidence',
  'given-likeness',
  'family-likeness',
  'links',
  'styles-left-over',
  'given-names-agree',
  'family-names-agree',
  'listed-matches',
  'other-names-left-over',
  'least-letters',
  'left-over-letters',
  'first-letter',
] as const;

export const FEATURES: number = NAME_FEATURES.length;

/** Features are rounded to one part in so many: the trees compare whole numbers. */
export const FEATURE_STEPS = 4096;

/** Overwritten by every call, in the order of `NAME_FEATURES`. */
export const features: Float64Array = new Float64Array(FEATURES);

const STYLE_WEIGHT = 0.25;
const MOST_EVIDENCE = 16;

const tally = {
  matched: 0,
  evidence: 0,
  rare: 0,
  rarest: 0,
  worst: 1,
  second: 1,
  shares: 0,
  least: MOST_EVIDENCE,
  equal: 0,
  affixes: 0,
  initials: 0,
  listed: 0,
};
const side = { words: 0, leftOver: 0, rarity: 0, links: 0, styles: 0 };

export function fillFeatures(left: PreparedName, right: PreparedName, found: Alignment): Float64Array {
  const n = Math.min(left.tokens.length, ALIGNMENT_WIDTH);
  const m = Math.min(right.tokens.length, ALIGNMENT_WIDTH);
  tallySide(left, n, found.partnerOfLeft);
  const [leftWords, leftOver, leftRarity, leftLinks, leftStyles] = [
    side.words,
    side.leftOver,
    side.rarity,
    side.links,
    side.styles,
  ];
  tallySide(right, m, found.partnerOfRight);
  const leftShort =
    leftWords < side.words ||
    (leftWords === side.words &&
      (leftOver < side.leftOver || (leftOver === side.leftOver && leftRarity <= side.rarity)));
  tallyMatches(left, right, found, n, m, leftShort);
  let at = 0;
  features[at++] = tally.matched;
  features[at++] = Math.min(leftWords, side.words);
  features[at++] = Math.max(leftWords, side.words);
  features[at++] = leftShort ? leftOver : side.leftOver;
  features[at++] = leftShort ? side.leftOver : leftOver;
  features[at++] = tally.evidence;
  features[at++] = tally.rare;
  features[at++] = tally.rarest;
  features[at++] = tally.worst;
  features[at++] = tally.second;
  features[at++] = tally.matched === 0 ? 0 : tally.shares / tally.matched;
  features[at++] = leftShort ? leftRarity : side.rarity;
  features[at++] = leftShort ? side.rarity : leftRarity;
  features[at++] = leftOverLikeness(found, n, m);
  const givenLeft = givenOf(left, n);
  const givenRight = givenOf(right, m);
  const familyLeft = familyOf(left, n);
  const familyRight = familyOf(right, m);
  const givens = [found.shareOfLeft[givenLeft] ?? 0, found.shareOfRight[givenRight] ?? 0] as const;
  const families = [found.shareOfLeft[familyLeft] ?? 0, found.shareOfRight[familyRight] ?? 0] as const;
  features[at++] = Math.min(givens[0], givens[1]);
  features[at++] = Math.max(givens[0], givens[1]);
  features[at++] = Math.min(families[0], families[1]);
  features[at++] = Math.max(families[0], families[1]);
  features[at++] = found.partnerOfLeft[givenLeft] === givenRight ? 1 : 0;
  features[at++] = found.partnerOfLeft[familyLeft] === familyRight ? 1 : 0;
  features[at++] = inversions(found, n);
  features[at++] = scriptsOf(left, right);
  features[at++] = tally.initials;
  features[at++] = found.joins;
  features[at++] = tally.affixes;
  features[at++] = tally.equal;
  features[at++] = tally.matched === 0 ? 0 : tally.least;
  features[at++] = found.share[givenLeft * ALIGNMENT_WIDTH + givenRight] ?? 0;
  features[at++] = found.share[familyLeft * ALIGNMENT_WIDTH + familyRight] ?? 0;
  features[at++] = Math.abs(leftLinks - side.links);
  features[at++] = leftStyles + side.styles;
  features[at++] = agreementAt(left, givenLeft, right, givenRight);
  features[at++] = agreementAt(left, familyLeft, right, familyRight);
  features[at++] = tally.listed;
  features[at++] = otherNamesLeftOver(left, right, found, n, m);
  features[at++] = leastLetters(left, right, found, n);
  features[at++] = leftOverLetters(left, right, found, n, m);
  features[at++] = letters.first;
  for (let f = 0; f < FEATURES; f++) features[f] = Math.round((features[f] ?? 0) * FEATURE_STEPS) / FEATURE_STEPS;
  return features;
}

function tallySide(name: PreparedName, count: number, partners: Int8Array): void {
  side.words = 0;
  side.leftOver = 0;
  side.rarity = 0;
  side.links = 0;
  side.styles = 0;
  for (let i = 0; i < count; i++) {
    const token = name.tokens[i];
    if (token === undefined) return;
    const weight = weightOf(token);
    side.words += weight;
    if (token.linked) side.links += 1;
    if (partners[i] !== -1) continue;
    side.leftOver += weight;
    side.rarity += weight * token.rarity;
    if (token.kind !== 'name') side.styles += 1;
  }
}

const weightOf = (token: PreparedToken): number => (token.kind === 'name' ? 1 : STYLE_WEIGHT);

function tallyMatches(
  left: PreparedName,
  right: PreparedName,
  found: Alignment,
  n: number,
  m: number,
  leftShort: boolean,
): void {
  tally.matched = 0;
  tally.evidence = 0;
  tally.rare = 0;
  tally.rarest = 0;
  tally.shares = 0;
  tally.least = MOST_EVIDENCE;
  tally.equal = 0;
  tally.affixes = 0;
  tally.initials = 0;
  tally.listed = 0;
  for (let i = 0; i < n; i++) {
    const token = left.tokens[i];
    const partner = right.tokens[found.partnerOfLeft[i] ?? -1];
    if (token === undefined || partner === undefined) continue;
    const weight = Math.min(weightOf(token), weightOf(partner));
    const share = Math.min(1, found.shareOfLeft[i] ?? 0);
    const rare = weight * share * Math.min(token.rarity, partner.rarity);
    tally.matched += weight;
    tally.evidence += weight * Math.min(MOST_EVIDENCE, found.evidenceOfLeft[i] ?? 0);
    tally.rare += rare;
    tally.rarest = Math.max(tally.rarest, rare);
    tally.shares += weight * share;
    if (token.kind === 'initial' || partner.kind === 'initial') tally.initials += 1;
    else tally.least = Math.min(tally.least, found.evidenceOfLeft[i] ?? 0);
    if (token.key === partner.key) tally.equal += weight;
    if (token.affixes !== partner.affixes) tally.affixes += 1;
    if (token.givenName.listed && partner.givenName.listed) tally.listed += 1;
  }
  if (leftShort) tallyWorst(left, n, found.shareOfLeft);
  else tallyWorst(right, m, found.shareOfRight);
}

function tallyWorst(name: PreparedName, count: number, shares: Float64Array): void {
  tally.worst = 1;
  tally.second = 1;
  for (let i = 0; i < count; i++) {
    if (name.tokens[i]?.kind !== 'name') continue;
    const share = shares[i] ?? 0;
    if (share < tally.worst) {
      tally.second = tally.worst;
      tally.worst = share;
    } else if (share < tally.second) tally.second = share;
  }
}

/** How alike the likest two words are that found no partner: another spelling, or the look-alike of another name. */
function leftOverLikeness(found: Alignment, n: number, m: number): number {
  let best = -1;
  for (let i = 0; i < n; i++) {
    if (found.partnerOfLeft[i] !== -1) continue;
    for (let j = 0; j < m; j++) {
      if (found.partnerOfRight[j] === -1) best = Math.max(best, found.share[i * ALIGNMENT_WIDTH + j] ?? -1);
    }
  }
  return best;
}

/** The first word that is neither marked as family name nor a form of address. */
export function givenOf(name: PreparedName, count: number): number {
  for (let i = 0; i < count; i++) {
    const token = name.tokens[i];
    if (token?.kind !== 'style' && token?.family === false) return i;
  }
  return 0;
}

/** The last word marked as family name, else the last word. */
export function familyOf(name: PreparedName, count: number): number {
  for (let i = count - 1; i >= 0; i--) if (name.tokens[i]?.family === true) return i;
  return count - 1;
}

function inversions(found: Alignment, n: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const partner = found.partnerOfLeft[i] ?? -1;
    for (let k = i + 1; k < n; k++) {
      const later = found.partnerOfLeft[k] ?? -1;
      if (later !== -1 && later < partner) count += 1;
    }
  }
  return count;
}

/** 0 both Latin, 1 across, 2 both Arabic. */
function scriptsOf(left: PreparedName, right: PreparedName): number {
  return (left.tokens[0]?.script === 'arabic' ? 1 : 0) + (right.tokens[0]?.script === 'arabic' ? 1 : 0);
}

function agreementAt(left: PreparedName, i: number, right: PreparedName, j: number): number {
  const [a, b] = [left.tokens[i], right.tokens[j]];
  return a === undefined || b === undefined ? 0 : givenNamesAgree(a.givenName, b.givenName);
}

/** Pairs of left-over words that are different listed names: a brother's given name in the place of this one's. */
function otherNamesLeftOver(left: PreparedName, right: PreparedName, found: Alignment, n: number, m: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (found.partnerOfLeft[i] !== -1) continue;
    for (let j = 0; j < m; j++) if (found.partnerOfRight[j] === -1 && agreementAt(left, i, right, j) === -1) count += 1;
  }
  return count;
}
