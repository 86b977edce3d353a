import { handlingCodes, refusalGrounds } from './handling.ts';
import type { ActType } from './track.ts';

/** Why an owner takes back, or someone asks to erase. */
export const withdrawalGrounds = [
  'error',
  'outdated',
  'court-order',
  'data-subject',
  'source-at-risk',
  'retention-ended',
  'sent-by-mistake',
] as const;

export const recallAnswers = ['acknowledged', 'purged', 'refused'] as const;
export const eraseAnswers = ['erased', 'partly-erased', 'refused'] as const;

/** What may be said in a dossier of any track, of an act that stands in it (DESIGN, *recall*; PROTOCOL §6). Passes every lane. */
export const commonActs: readonly ActType[] = [
  {
    name: 'recall',
    author: 'one-officer',
    by: 'owner',
    effect: 'strictest',
    from: 'any',
    speaksOf: 'own',
    passesLanes: true,
    inputs: [of(), { name: 'ground', kind: 'choice', of: withdrawalGrounds, required: true }],
    fields: [{ name: 'explanation', kind: 'free-text', maximum: 4000 }],
    gates: [],
  },
  {
    name: 'recall-answer',
    author: 'one-officer',
    by: 'either',
    effect: 'union',
    from: 'any',
    speaksOf: 'theirs',
    passesLanes: true,
    inputs: [of(), { name: 'answer', kind: 'choice', of: recallAnswers, required: true }, ground()],
    fields: [{ name: 'explanation', kind: 'free-text', maximum: 4000 }],
    gates: [],
  },
  {
    name: 'narrow',
    author: 'one-officer',
    by: 'owner',
    effect: 'strictest',
    from: 'any',
    speaksOf: 'own',
    passesLanes: true,
    inputs: [
      of(),
      { name: 'codes', kind: 'choices', of: handlingCodes, required: true },
      { name: 'until', kind: 'day' },
    ],
    fields: [{ name: 'restriction', kind: 'free-text', maximum: 4000 }],
    gates: [],
  },
  {
    name: 'erase',
    author: 'one-officer',
    by: 'either',
    effect: 'strictest',
    from: 'any',
    speaksOf: 'any',
    passesLanes: true,
    inputs: [of(), { name: 'ground', kind: 'choice', of: withdrawalGrounds, required: true }],
    fields: [],
    gates: [],
  },
  {
    name: 'erase-answer',
    author: 'one-officer',
    by: 'either',
    effect: 'union',
    from: 'any',
    speaksOf: 'theirs',
    passesLanes: true,
    inputs: [of(), { name: 'answer', kind: 'choice', of: eraseAnswers, required: true }, ground()],
    fields: [{ name: 'explanation', kind: 'free-text', maximum: 4000 }],
    gates: [],
  },
];

function of(): ActType['inputs'][number] {
  return { name: 'of', kind: 'act', required: true };
}

function ground(): ActType['inputs'][number] {
  return { name: 'ground', kind: 'choice', of: refusalGrounds };
}
