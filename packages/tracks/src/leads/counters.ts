import { refusalGrounds } from '@entente/protocol';
import type { Counter, DossierState } from '@entente/protocol';
import type { Counted, Figure } from '../declared-track.ts';
import { listOf, textOf } from './registers.ts';

const isRequest = (state: DossierState): boolean => textOf(state.data, 'opening') === 'request';
const isUrgent = (state: DossierState): boolean => isRequest(state) && textOf(state.data, 'urgency') === 'urgent';
const isOther = (state: DossierState): boolean => isRequest(state) && textOf(state.data, 'urgency') === 'other';
const isThreat = (state: DossierState): boolean => textOf(state.data, 'opening') === 'threat-to-life';
const has = (state: DossierState, list: string): boolean => listOf(state.data, list).length > 0;
const isAnswered = (state: DossierState): boolean =>
  listOf(state.data, 'answers').some((answer) => textOf(answer, 'completeness') === 'final');
const isLedTo = (state: DossierState): boolean =>
  listOf(state.data, 'outcomes').some((outcome) => textOf(outcome, 'outcome') !== 'nothing');

/** Dossiers counted by what their acts say alone; a year or a direction is chosen by whoever counts. */
export const leadsCounters: readonly Counter[] = [
  { name: 'requests', counts: isRequest },
  { name: 'requests-urgent', counts: isUrgent },
  { name: 'requests-other', counts: isOther },
  { name: 'spontaneous', counts: (state) => textOf(state.data, 'opening') === 'spontaneous' },
  { name: 'threats-to-life', counts: isThreat },
  { name: 'taken-in-charge', counts: (state) => has(state, 'inCharge') },
  { name: 'answered', counts: (state) => isRequest(state) && isAnswered(state) },
  { name: 'refused', counts: (state) => isRequest(state) && has(state, 'refusals') },
  ...refusalGrounds.map((ground) => ({
    name: `refused-${ground}`,
    counts: (state: DossierState) =>
      isRequest(state) && listOf(state.data, 'refusals').some((refusal) => refusal['ground'] === ground),
  })),
  { name: 'authorisation-needed', counts: (state) => isRequest(state) && has(state, 'authorisations') },
  { name: 'clarification-asked', counts: (state) => isRequest(state) && has(state, 'clarifications') },
  { name: 'withdrawn', counts: (state) => isRequest(state) && state.state === 'withdrawn' },
  { name: 'led-to-something', counts: isLedTo },
];

/**
 * Proportions of the yearly statistics (Directive (EU) 2023/977 art. 18). Where the receiver has not said how it reaches
 * the data, the shorter clock governs. A refusal in time is a reply in time.
 */
export const leadsFigures: readonly Figure[] = [
  inTime('urgent-direct-in-time', 'urgent-direct', ({ state }) => isUrgent(state) && !isIndirect(state), isReplied),
  inTime('urgent-indirect-in-time', 'urgent-indirect', ({ state }) => isUrgent(state) && isIndirect(state), isReplied),
  inTime('other-in-time', 'other', ({ state }) => isOther(state), isReplied),
  inTime('threat-acknowledged-in-time', 'threat-to-life-acknowledge', ({ state }) => isThreat(state), isInHand),
  inTime('threat-answered-in-time', 'threat-to-life-answer', ({ state }) => isThreat(state), isReplied),
  proportion('refused-of-received', isRequest, (state) => has(state, 'refusals')),
  proportion('answered-of-received', isRequest, isAnswered),
  proportion('led-to-something-of-answered', isAnswered, isLedTo),
];

function isIndirect(state: DossierState): boolean {
  return textOf(state.data, 'access') === 'indirect';
}

function isReplied(state: DossierState): boolean {
  return isAnswered(state) || has(state, 'refusals');
}

function isInHand(state: DossierState): boolean {
  return has(state, 'acknowledged') || has(state, 'inCharge') || has(state, 'answers') || isReplied(state);
}

/** In time, of those in time or late. A withdrawal also ends the clock: a lead that nobody had answered by then is neither. */
function inTime(
  name: string,
  clock: string,
  among: (counted: Counted) => boolean,
  isDone: (state: DossierState) => boolean,
): Figure {
  const isLate = (counted: Counted): boolean => {
    const reading = counted.clock(clock);
    return reading?.kind === 'expired' || (reading?.kind === 'ended' && reading.late);
  };
  const isInTime = (counted: Counted): boolean => {
    const reading = counted.clock(clock);
    return reading?.kind === 'ended' && !reading.late && isDone(counted.state);
  };
  return {
    name,
    numerator: (counted) => among(counted) && isInTime(counted),
    denominator: (counted) => among(counted) && (isInTime(counted) || isLate(counted)),
  };
}

function proportion(
  name: string,
  among: (state: DossierState) => boolean,
  which: (state: DossierState) => boolean,
): Figure {
  return {
    name,
    numerator: ({ state }) => among(state) && which(state),
    denominator: ({ state }) => among(state),
  };
}
