import { defaultClocks } from '@entente/protocol';
import type { ClockMove, ClockTerms } from '@entente/protocol';
import type { Escalation } from '../declared-track.ts';

export const leadsClocks: readonly string[] = [
  'taking-in-charge',
  'urgent-direct',
  'urgent-indirect',
  'other',
  'threat-to-life-acknowledge',
  'threat-to-life-answer',
  'hit-follow-up',
];

/** The clocks that a clarification or a judicial authorisation stops; a threat to life stops for nothing. */
const legal = ['urgent-direct', 'urgent-indirect', 'other'] as const;

const moves = (clocks: readonly string[], move: ClockMove['move']): readonly ClockMove[] =>
  clocks.map((clock) => ({ clock, move }));

/**
 * An urgent request starts both urgent clocks at its receipt, since only the receiver knows how it reaches the data; by
 * naming the access it ends the one that does not apply. Until then the shorter one governs.
 */
export const onRequest: readonly ClockMove[] = [
  { clock: 'taking-in-charge', move: 'start' },
  { clock: 'urgent-direct', move: 'start', when: { input: 'urgency', is: 'urgent' } },
  { clock: 'urgent-indirect', move: 'start', when: { input: 'urgency', is: 'urgent' } },
  { clock: 'other', move: 'start', when: { input: 'urgency', is: 'other' } },
  { clock: 'hit-follow-up', move: 'start', when: { input: 'followsHit', is: true } },
];

export const onInformation: readonly ClockMove[] = [{ clock: 'taking-in-charge', move: 'start' }];

export const onThreat: readonly ClockMove[] = moves(
  ['taking-in-charge', 'threat-to-life-acknowledge', 'threat-to-life-answer'],
  'start',
);

export const onAcknowledge: readonly ClockMove[] = moves(['threat-to-life-acknowledge'], 'end');

export const onTakenInCharge: readonly ClockMove[] = [
  ...moves(['taking-in-charge', 'threat-to-life-acknowledge'], 'end'),
  { clock: 'urgent-indirect', move: 'end', when: { input: 'access', is: 'direct' } },
  { clock: 'urgent-direct', move: 'end', when: { input: 'access', is: 'indirect' } },
];

/** Whoever answers in part or asks back has it in hand. */
export const onPartialAnswer: readonly ClockMove[] = moves(['taking-in-charge', 'threat-to-life-acknowledge'], 'end');

export const onClarificationAsked: readonly ClockMove[] = [
  ...moves(['taking-in-charge', 'threat-to-life-acknowledge'], 'end'),
  ...moves(legal, 'stop'),
];
export const onClarificationGiven: readonly ClockMove[] = moves(legal, 'resume');

export const onAuthorisationNeeded: readonly ClockMove[] = [
  ...moves(['taking-in-charge', 'threat-to-life-acknowledge'], 'end'),
  ...moves([...legal, 'hit-follow-up'], 'stop'),
];
export const onAuthorisationObtained: readonly ClockMove[] = moves([...legal, 'hit-follow-up'], 'resume');

export const onSettled: readonly ClockMove[] = moves(leadsClocks, 'end');

/** DOMAIN §3: what an accord starts from. That someone takes every lead in charge in half an hour is this project's own. */
export const leadsClockDefaults: Readonly<Record<string, ClockTerms>> = {
  'taking-in-charge': {
    limit: 30,
    unit: 'minutes',
    calendar: 'receiver',
    endsOn: 'any-day',
    onExpiry: 'escalate',
    source: 'default of this project',
    verified: false,
  },
  'urgent-direct': defaultClocks['urgent-direct'],
  'urgent-indirect': defaultClocks['urgent-indirect'],
  other: defaultClocks.other,
  'threat-to-life-acknowledge': defaultClocks['threat-to-life-acknowledge'],
  'threat-to-life-answer': defaultClocks['threat-to-life-answer'],
  'hit-follow-up': defaultClocks['hit-follow-up'],
};

/** Who is rung while a clock still runs, and when: 1 is its deadline, 0.75 three quarters of its time. */
export const leadsEscalations: readonly Escalation[] = [
  { name: 'untaken-duty', clock: 'taking-in-charge', part: 1, to: 'both-duty-officers' },
  { name: 'untaken-heads', clock: 'taking-in-charge', part: 1.5, to: 'heads-of-desk' },
  { name: 'threat-unacknowledged-duty', clock: 'threat-to-life-acknowledge', part: 1, to: 'both-duty-officers' },
  { name: 'threat-unacknowledged-heads', clock: 'threat-to-life-acknowledge', part: 1.5, to: 'heads-of-desk' },
  { name: 'threat-answer-due', clock: 'threat-to-life-answer', part: 0.75, to: 'unit-in-charge' },
  { name: 'threat-unanswered-duty', clock: 'threat-to-life-answer', part: 1, to: 'both-duty-officers' },
  { name: 'threat-unanswered-heads', clock: 'threat-to-life-answer', part: 1.25, to: 'heads-of-desk' },
  { name: 'urgent-direct-due', clock: 'urgent-direct', part: 0.75, to: 'unit-in-charge' },
  { name: 'urgent-direct-late', clock: 'urgent-direct', part: 1, to: 'heads-of-desk' },
  { name: 'urgent-indirect-due', clock: 'urgent-indirect', part: 0.75, to: 'unit-in-charge' },
  { name: 'urgent-indirect-late', clock: 'urgent-indirect', part: 1, to: 'heads-of-desk' },
  { name: 'other-due', clock: 'other', part: 0.75, to: 'unit-in-charge' },
  { name: 'other-late', clock: 'other', part: 1, to: 'heads-of-desk' },
  { name: 'hit-follow-up-due', clock: 'hit-follow-up', part: 0.75, to: 'unit-in-charge' },
  { name: 'hit-follow-up-late', clock: 'hit-follow-up', part: 1, to: 'heads-of-desk' },
];
