import { channelHead, count, relationAct } from './relation-act.ts';
import type { Field } from '../field.ts';
import type { ActType } from '../track.ts';

const accord: Field = { name: 'accord', kind: 'sha256', required: true };
const previous: Field = { name: 'previous', kind: 'sha256', required: true };

/** What only the root key says (PROTOCOL §3.10, §4.1, §4.2). */
export const rootActs: readonly ActType[] = [
  relationAct(
    'accord-proposal',
    'root',
    [accord, previous],
    [{ name: 'accord', kind: 'base64', minimum: 1, maximum: 524_288, required: true }],
  ),
  relationAct('accord-acceptance', 'root', [{ name: 'proposal', kind: 'act', required: true }, accord, previous]),
  relationAct(
    'keyset',
    'root',
    [
      { name: 'keyset', kind: 'sha256', required: true },
      { name: 'number', kind: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, required: true },
    ],
    [{ name: 'keyset', kind: 'base64', minimum: 1, maximum: 65_536, required: true }],
  ),
  // Opens the next epoch of the author's own channel after the last head both sides hold (PROTOCOL §2.5).
  relationAct('epoch-notice', 'root', [
    { name: 'epoch', kind: 'integer', minimum: 1, maximum: 1_000_000, required: true },
    channelHead('common'),
  ]),
  // The last trusted head of each channel: own entries from there on are suspect, receipts of theirs from there on void.
  relationAct('compromise-notice', 'root', [
    { name: 'since', kind: 'instant', required: true },
    channelHead('own'),
    channelHead('theirs'),
    { name: 'keys', kind: 'list', maximum: 64, of: { kind: 'sha256' } },
  ]),
  // Own suspect entries, from an index up to and without another, that the party stands by after all.
  relationAct('confirmation', 'root', [count('from'), count('to')]),
];
