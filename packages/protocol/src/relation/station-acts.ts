import { count, relationAct } from './relation-act.ts';
import type { ActType } from '../track.ts';

/** What a station says by itself, without an officer (PROTOCOL §1.3). */
export const stationActs: readonly ActType[] = [
  // Its leaf says what was seen: the act itself says nothing (PROTOCOL §2.1).
  relationAct('heads', 'station', []),
  // Link tests and rehearsals: stands in any dossier, changes no state.
  relationAct('exercise', 'station', [], [{ name: 'filler', kind: 'text', maximum: 8192, multiline: true }]),
  relationAct('sealing-key', 'station', [
    { name: 'recipient', kind: 'text', maximum: 4096, required: true },
    { name: 'number', kind: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, required: true },
  ]),
  relationAct('re-seal', 'station', [count('from')]),
  relationAct('express-receipt', 'station', [
    { name: 'act', kind: 'act', required: true },
    count('index'),
    { name: 'time', kind: 'instant', required: true },
  ]),
  // The file with this ciphertext hash is wholly here (PROTOCOL §5).
  relationAct('attachment-receipt', 'station', [{ name: 'sealed', kind: 'sha256', required: true }]),
  relationAct(
    'digest',
    'station',
    [
      { name: 'cut', kind: 'group', required: true, fields: [count('own'), count('theirs')] },
      { name: 'digest', kind: 'sha256', required: true },
    ],
    [{ name: 'sums', kind: 'base64', minimum: 8192, maximum: 8192, required: true }],
  ),
];
