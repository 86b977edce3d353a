import type { Track } from '@entente/protocol';

/**
 * Checks recorded in the head before an act may be released. The officer answers those that are not computed and gives
 * reasons, which stay in the house log; the station computes the others over what it holds. That a guarded lane needs a
 * second officer is no gate: it is judged by the signatures.
 */
export const leadsGates: Track['gates'] = [
  /** Needed for the purpose, no more than needed: Directive (EU) 2016/680 art. 4(1)(c). */
  { name: 'necessity-proportionality', computed: false },
  /** No item belongs to a third party, or that party has consented (R10). */
  { name: 'third-party-ownership', computed: false },
  /** What the exposure of the persons named may bring on them (R12). */
  { name: 'torture-risk', computed: false },
  /** Nothing of political, military, religious or racial character (R11). */
  { name: 'neutrality', computed: false },
  /** The head is at least as strict as every item it reuses. */
  { name: 'handling-inherited', computed: true },
  /** For every item reused that may not be passed on, its owner's permission is held. */
  { name: 'permission-held', computed: true },
];

const computed: readonly string[] = ['handling-inherited', 'permission-held'];

/** For acts that carry personal data about someone to the counterpart. */
export const contentGates: readonly string[] = [
  'necessity-proportionality',
  'third-party-ownership',
  'torture-risk',
  'neutrality',
  ...computed,
];

/** For acts whose personal data answers the counterpart's own, within an assessment already made. */
export const followUpGates: readonly string[] = ['necessity-proportionality', ...computed];
