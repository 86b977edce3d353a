// Written by tools/learn-matching: what sets apart the one who is meant, in nats; see search/name-standing.ts.
export type StandingSlopes = {
  readonly always: number;
  readonly evidence: number;
  readonly judgement: number;
  /** By NAME_FEATURES. */
  readonly features: readonly number[];
};
export const STANDING_WITHIN: StandingSlopes = {
  always: 0.0,
  evidence: 0.4359,
  judgement: 0.2174,
  features: [
    0.573, // matched
    0.5511, // short-words
    0.6946, // long-words
    -0.6728, // short-left-over
    -0.5868, // long-left-over
    0.0375, // evidence
    0.0732, // rare-agreement
    0.0827, // rarest-agreement
    1.3051, // worst-share
    1.0965, // second-worst-share
    -0.0538, // mean-share
    0.026, // short-left-over-rarity
    -0.0089, // long-left-over-rarity
    1.6392, // left-over-likeness
    0.4954, // given-share-low
    0.0969, // given-share-high
    0.2183, // family-share-low
    0.2057, // family-share-high
    0.5622, // given-to-given
    0.6067, // family-to-family
    -1.6085, // inversions
    0.0, // scripts
    0.1514, // initials
    -0.1395, // joins
    -0.2888, // affixes-differ
    0.6811, // equal-words
    -0.031, // least-evidence
    0.1037, // given-likeness
    0.4047, // family-likeness
    0.0, // links
    -0.5791, // styles-left-over
    -0.1433, // given-names-agree
    -0.2936, // family-names-agree
    -0.2984, // listed-matches
    -0.0776, // other-names-left-over
    -0.9753, // least-letters
    2.9354, // left-over-letters
    0.5116, // first-letter
  ],
};
export const STANDING_ACROSS: StandingSlopes = {
  always: 0.1675,
  evidence: 0.6411,
  judgement: 0.4389,
  features: [
    0.2855, // matched
    0.5444, // short-words
    0.3678, // long-words
    -0.4135, // short-left-over
    -1.2264, // long-left-over
    0.0029, // evidence
    0.2059, // rare-agreement
    0.2634, // rarest-agreement
    2.3685, // worst-share
    1.3996, // second-worst-share
    -0.2058, // mean-share
    0.2306, // short-left-over-rarity
    0.0201, // long-left-over-rarity
    2.5431, // left-over-likeness
    -0.0087, // given-share-low
    -0.8386, // given-share-high
    0.7624, // family-share-low
    0.5994, // family-share-high
    0.5186, // given-to-given
    0.1809, // family-to-family
    -1.4589, // inversions
    0.0, // scripts
    -0.0252, // initials
    -3.8392, // joins
    -0.6112, // affixes-differ
    0.6811, // equal-words
    -0.0418, // least-evidence
    0.1086, // given-likeness
    0.1393, // family-likeness
    0.0, // links
    0.3502, // styles-left-over
    -0.2763, // given-names-agree
    -0.3055, // family-names-agree
    -0.6762, // listed-matches
    0.0754, // other-names-left-over
    -0.8078, // least-letters
    2.9354, // left-over-letters
    0.6791, // first-letter
  ],
};
