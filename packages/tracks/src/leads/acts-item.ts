import type { ActType, Field } from '@entente/protocol';
import { correctionKinds, liftableCodes } from './choices.ts';
import { correctionFields, permissionAskedFields, reason } from './fields.ts';
import { of } from './inputs.ts';

const item = { author: 'one-officer', from: 'any', gates: [], passesLanes: true } as const;
const lifted: Field = { name: 'lifted', kind: 'choices', of: liftableCodes, minimum: 1, required: true };

/**
 * What is said of a named item: its owner corrects it, grants or denies a use (recall, narrowing and erasure are common
 * to all tracks). A permission changes no code; it lets one use pass. All but asking and granting protect, so no closed
 * lane holds them.
 */
export const itemActs: readonly ActType[] = [
  {
    name: 'permission-asked',
    author: 'one-officer',
    by: 'either',
    effect: 'union',
    from: 'any',
    speaksOf: 'theirs',
    inputs: [of, lifted],
    fields: permissionAskedFields,
    gates: [],
  },
  {
    name: 'permission-granted',
    author: 'one-officer',
    by: 'owner',
    effect: 'owner-only',
    from: 'any',
    speaksOf: 'own',
    inputs: [of, lifted, { name: 'permittedUntil', kind: 'day' }],
    fields: [reason],
    gates: ['third-party-ownership', 'torture-risk'],
  },
  {
    ...item,
    name: 'permission-denied',
    by: 'owner',
    effect: 'owner-only',
    speaksOf: 'own',
    inputs: [of, lifted],
    fields: [reason],
  },
  {
    ...item,
    name: 'correction',
    by: 'owner',
    effect: 'owner-only',
    speaksOf: 'own',
    transfers: true,
    inputs: [of, { name: 'correctionKind', kind: 'choice', of: correctionKinds, required: true }],
    fields: correctionFields,
  },
  {
    ...item,
    name: 'change-acknowledged',
    by: 'either',
    effect: 'union',
    speaksOf: 'theirs',
    inputs: [of],
    fields: [],
  },
];
