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
  evidence: 0.3415,
  judgement: 0.2249,
  features: [
    0.6426, // matched
    0.5117, // short-words
    0.7225, // long-words
    -0.7655, // short-left-over
    -0.6421, // long-left-over
    0.0412, // evidence
    0.0804, // rare-agreement
    0.0896, // rarest-agreement
    1.4975, // worst-share
    1.0218, // second-worst-share
    -0.2189, // mean-share
    0.0226, // short-left-over-rarity
    -0.0162, // long-left-over-rarity
    1.8825, // left-over-likeness
    0.5544, // given-share-low
    0.0903, // given-share-high
    0.1831, // family-share-low
    0.2425, // family-share-high
    0.5933, // given-to-given
    0.6332, // family-to-family
    -1.6036, // inversions
    0.0, // scripts
    0.0752, // initials
    -0.1826, // joins
    -0.3655, // affixes-differ
    0.627, // equal-words
    -0.0393, // least-evidence
    0.1142, // given-likeness
    0.4841, // family-likeness
    0.0, // links
    -0.6818, // styles-left-over
    -0.0734, // given-names-agree
    -0.2878, // family-names-agree
    -0.3363, // listed-matches
    -0.0942, // other-names-left-over
    -1.0454, // least-letters
    3.0109, // left-over-letters
    0.5952, // first-letter
  ],
};
export const STANDING_ACROSS: StandingSlopes = {
  always: 0.1857,
  evidence: 0.5123,
  judgement: 0.4495,
  features: [
    0.3859, // matched
    0.5031, // short-words
    0.4066, // long-words
    -0.5625, // short-left-over
    -1.2951, // long-left-over
    0.0081, // evidence
    0.2136, // rare-agreement
    0.2693, // rarest-agreement
    2.6995, // worst-share
    1.3366, // second-worst-share
    -0.3903, // mean-share
    0.2264, // short-left-over-rarity
    0.0091, // long-left-over-rarity
    2.8953, // left-over-likeness
    0.1518, // given-share-low
    -0.8363, // given-share-high
    0.7447, // family-share-low
    0.6818, // family-share-high
    0.6509, // given-to-given
    0.1838, // family-to-family
    -1.531, // inversions
    0.0, // scripts
    -0.132, // initials
    -3.7301, // joins
    -0.7709, // affixes-differ
    0.627, // equal-words
    -0.0552, // least-evidence
    0.1385, // given-likeness
    0.3228, // family-likeness
    0.0, // links
    0.2315, // styles-left-over
    -0.1528, // given-names-agree
    -0.31, // family-names-agree
    -0.7174, // listed-matches
    0.0429, // other-names-left-over
    -0.8597, // least-letters
    3.0109, // left-over-letters
    0.7809, // first-letter
  ],
};
