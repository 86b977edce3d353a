/** Written by tools/learn-matching: nats by BIRTH_FINDINGS. */
export const LEARNED_BIRTH_EVIDENCE: readonly number[] = [
  1.51, // same-day
  0.81, // same-day-january-1
  0.81, // day-month-swapped
  0.964, // day-before-or-after
  -0.5, // one-figure-differs
  1.31, // presumed-january-1
  1.269, // same-month
  1.157, // same-year
  -0.046, // within-range
  0.606, // about-same-year
  -2.5, // same-day-other-year
  -2.0, // same-year-other-day
  -8.511, // years-1
  -8.532, // years-2
  -9.695, // years-3-to-5
  -11.434, // years-6-or-more
  0.0, // missing
];
