import type { ActType } from '@entente/protocol';
import { refusalGrounds } from '@entente/protocol';
import { accesses, judicialAuthorities } from './choices.ts';
import {
  onAcknowledge,
  onAuthorisationNeeded,
  onAuthorisationObtained,
  onClarificationAsked,
  onPartialAnswer,
  onSettled,
  onTakenInCharge,
} from './clocks.ts';
import { answerFields, clarificationFields, reason } from './fields.ts';
import { contentGates, followUpGates } from './gates.ts';
import { reuses } from './inputs.ts';
import { atWork, open, untaken } from './states.ts';

const reply = { author: 'one-officer', by: 'other' } as const;

/** What the side that received the lead says. */
export const replyActs: readonly ActType[] = [
  {
    ...reply,
    name: 'acknowledge',
    effect: 'union',
    from: 'any',
    passesLanes: true,
    inputs: [],
    fields: [],
    gates: [],
    clocks: onAcknowledge,
  },
  {
    ...reply,
    name: 'taken-in-charge',
    effect: 'transition',
    // Said again by another function when the lead changes hands.
    from: [...untaken, 'taken-in-charge'],
    to: 'taken-in-charge',
    precedence: 20,
    passesLanes: true,
    inputs: [
      { name: 'at', kind: 'instant', required: true },
      { name: 'access', kind: 'choice', of: accesses },
    ],
    fields: [],
    gates: [],
    clocks: onTakenInCharge,
  },
  {
    ...reply,
    name: 'clarification-asked',
    effect: 'transition',
    from: atWork,
    to: 'clarification-awaited',
    precedence: 30,
    transfers: true,
    inputs: [],
    fields: clarificationFields,
    gates: followUpGates,
    clocks: onClarificationAsked,
  },
  {
    ...reply,
    name: 'authorisation-needed',
    effect: 'transition',
    from: atWork,
    to: 'authorisation-awaited',
    precedence: 30,
    inputs: [
      { name: 'authority', kind: 'choice', of: judicialAuthorities, required: true },
      { name: 'expectedDays', kind: 'integer', minimum: 0, maximum: 3650, required: true },
    ],
    fields: [reason],
    gates: [],
    clocks: onAuthorisationNeeded,
  },
  {
    ...reply,
    name: 'authorisation-obtained',
    effect: 'transition',
    from: ['authorisation-awaited'],
    to: 'taken-in-charge',
    precedence: 30,
    inputs: [],
    fields: [reason],
    gates: [],
    clocks: onAuthorisationObtained,
  },
  {
    ...reply,
    name: 'partial-answer',
    effect: 'transition',
    from: open,
    to: 'partly-answered',
    precedence: 75,
    transfers: true,
    inputs: [reuses],
    fields: answerFields,
    gates: contentGates,
    clocks: onPartialAnswer,
  },
  {
    ...reply,
    name: 'answer',
    effect: 'transition',
    // Once more after the answer, where something is to be added.
    from: [...open, 'answered'],
    to: 'answered',
    precedence: 80,
    transfers: true,
    inputs: [reuses],
    fields: answerFields,
    gates: contentGates,
    clocks: onSettled,
  },
  {
    ...reply,
    name: 'refusal',
    effect: 'transition',
    from: open,
    to: 'refused',
    precedence: 70,
    inputs: [{ name: 'ground', kind: 'choice', of: refusalGrounds, required: true }],
    fields: [{ ...reason, required: true }],
    gates: [],
    clocks: onSettled,
  },
];
