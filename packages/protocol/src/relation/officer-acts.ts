import { laneDirections, laneSettings } from '../lanes.ts';
import { relationAct } from './relation-act.ts';
import type { ActType } from '../track.ts';

/** What two officers say together about the relation itself. */
export const officerActs: readonly ActType[] = [
  // Stops one of the own party's keys at once; the root signs later (PROTOCOL §4.2).
  relationAct('freeze', 'two-officers', [{ name: 'key', kind: 'sha256', required: true }]),
  relationAct(
    'lane',
    'two-officers',
    [
      { name: 'track', kind: 'text', maximum: 31, required: true },
      // Seen from the party that writes it, which alone lifts it (PROTOCOL §3.9).
      { name: 'direction', kind: 'choice', of: laneDirections, required: true },
      { name: 'setting', kind: 'choice', of: laneSettings, required: true },
    ],
    [{ name: 'reason', kind: 'free-text', maximum: 4000 }],
  ),
];
