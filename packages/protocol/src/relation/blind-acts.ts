import type { ActType } from '../track.ts';
import type { Field } from '../field.ts';
import { count, relationAct } from './relation-act.ts';

/** Why a query is not answered; each is about the query, none about what it asked. */
export const blindRefusals = [
  'purpose-not-agreed',
  'lane-closed',
  'set-not-current',
  'elements-miscounted',
  'element-malformed',
  'element-identity',
  'query-repeated',
  'budget-exhausted',
] as const;
export type BlindRefusal = (typeof blindRefusals)[number];

const purpose: Field = { name: 'purpose', kind: 'text', maximum: 96, required: true };
const epoch: Field = { name: 'epoch', kind: 'integer', minimum: 1, maximum: 1_000_000, required: true };
const key: Field = { name: 'blindKey', kind: 'base64', minimum: 32, maximum: 32, required: true };
const query: Field = { name: 'query', kind: 'act', required: true };
const elements: Field = {
  name: 'elements',
  kind: 'list',
  minimum: 1,
  maximum: 64,
  of: { kind: 'base64', minimum: 32, maximum: 32 },
  required: true,
};

/**
 * Blind checks. What both sides say of them stands in heads, so that it stays: a *no-hit* can be audited for as long as
 * the channels last. None of it names anybody: elements are uniformly random.
 */
export const blindActs: readonly ActType[] = [
  // A key that replaces the one before; the first stands in the accord.
  relationAct('blind-key', 'root', [purpose, epoch, key]),
  // The table of a set comes as the act's only attachment; `root` is its Merkle root over pages.
  relationAct('blind-set', 'station', [
    purpose,
    epoch,
    key,
    count('pages'),
    { name: 'root', kind: 'sha256', required: true },
  ]),
  {
    ...relationAct('blind-query', 'one-officer', [purpose, { name: 'set', kind: 'act', required: true }, elements]),
    transfers: true,
  },
  relationAct('blind-answer', 'station', [
    query,
    elements,
    { name: 'proof', kind: 'base64', minimum: 64, maximum: 64, required: true },
  ]),
  relationAct('blind-refusal', 'station', [
    query,
    { name: 'blindReason', kind: 'choice', of: blindRefusals, required: true },
  ]),
];
