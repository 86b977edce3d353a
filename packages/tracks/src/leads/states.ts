/**
 * Where a lead stands. `requested`, `informed` and `alerted` follow from how it was opened; every other state from the
 * act that led to it.
 */
export const leadStates = [
  'requested',
  'informed',
  'alerted',
  'taken-in-charge',
  'clarification-awaited',
  'authorisation-awaited',
  'partly-answered',
  'answered',
  'refused',
  'reopened',
  'withdrawn',
  'closed',
] as const;
export type LeadState = (typeof leadStates)[number];

/** Nobody has taken it in charge yet. */
export const untaken: readonly LeadState[] = ['requested', 'informed', 'alerted', 'reopened'];

/** The receiver is at work, or should be. */
export const atWork: readonly LeadState[] = [...untaken, 'taken-in-charge', 'partly-answered'];

/** Something is still awaited from one side or the other. */
export const open: readonly LeadState[] = [...atWork, 'clarification-awaited', 'authorisation-awaited'];

/** The receiver has said its last word; the dossier waits to be closed. */
export const settled: readonly LeadState[] = ['answered', 'refused'];

export const closed: readonly LeadState[] = ['withdrawn', 'closed'];
