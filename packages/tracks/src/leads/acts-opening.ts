import type { ActType, Field } from '@entente/protocol';
import { crimeAreas, purposes, urgencies } from './choices.ts';
import { onInformation, onRequest, onThreat } from './clocks.ts';
import { requestFields, spontaneousFields, threatFields } from './fields.ts';
import { contentGates } from './gates.ts';
import { reuses } from './inputs.ts';

const crimeArea: Field = { name: 'crimeArea', kind: 'choice', of: crimeAreas, required: true };
const purpose: Field = { name: 'purpose', kind: 'choice', of: purposes, required: true };

const opening = {
  author: 'one-officer',
  by: 'opener',
  effect: 'transition',
  from: [],
  transfers: true,
  gates: contentGates,
} as const;

/** The acts that open a dossier. Heads say area, purpose and urgency, never whom or what it is about. */
export const openingActs: readonly ActType[] = [
  {
    ...opening,
    name: 'request',
    to: 'requested',
    inputs: [
      crimeArea,
      purpose,
      { name: 'urgency', kind: 'choice', of: urgencies, required: true },
      { name: 'followsHit', kind: 'boolean' },
      reuses,
    ],
    fields: requestFields,
    clocks: onRequest,
  },
  {
    ...opening,
    name: 'spontaneous',
    to: 'informed',
    inputs: [crimeArea, purpose, reuses],
    fields: spontaneousFields,
    clocks: onInformation,
  },
  {
    ...opening,
    name: 'threat-to-life',
    to: 'alerted',
    inputs: [crimeArea, purpose, reuses],
    fields: threatFields,
    clocks: onThreat,
  },
];
