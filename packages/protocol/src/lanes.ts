import type { Accord } from './accord.ts';
import type { Head } from './act.ts';
import type { ActType } from './track.ts';

/** A track's switch in one direction of one relation, from the most open to the most closed (PROTOCOL §3.9). */
export const laneSettings = ['open', 'guarded', 'floor-only', 'suspended'] as const;
export type LaneSetting = (typeof laneSettings)[number];

export const laneDirections = ['out', 'in'] as const;
/** Seen from the party that writes the setting. */
export type LaneDirection = (typeof laneDirections)[number];

export type Passage =
  | { readonly kind: 'pass'; readonly officers: 'as-declared' | 'two' }
  | { readonly kind: 'hold'; readonly reason: 'floor-only' | 'suspended' };

/** The more closed of two settings: each party lifts only its own, so both hold. */
export function strictestLane(one: LaneSetting, other: LaneSetting): LaneSetting {
  return laneSettings.indexOf(one) >= laneSettings.indexOf(other) ? one : other;
}

/**
 * Whether an act may be released, for the sender before it appends and for both when they judge.
 * @param isFloor as `isFloorAct` says; a claim alone opens nothing
 * @param out the sender's own setting at the act's position
 * @param into the counterpart's setting as far as the act has seen
 */
export function mayPass(type: ActType, isFloor: boolean, out: LaneSetting, into: LaneSetting): Passage {
  if (type.passesLanes) return { kind: 'pass', officers: 'as-declared' };
  const lane = strictestLane(out, into);
  switch (lane) {
    case 'open':
      return { kind: 'pass', officers: 'as-declared' };
    case 'guarded':
      return { kind: 'pass', officers: isFloor ? 'as-declared' : 'two' };
    case 'floor-only':
    case 'suspended':
      return isFloor ? { kind: 'pass', officers: 'as-declared' } : { kind: 'hold', reason: lane };
    default:
      return lane satisfies never;
  }
}

/**
 * Whether the accord's floor covers the act: it claims the floor, and its type stands there with its marking: the member
 * `marking` of its inputs, or its type's own name where the type is itself the marking (`leads/threat-to-life`).
 */
export function isFloorAct(accord: Accord, head: Head): boolean {
  if (head.floor !== true) return false;
  const marking = head.inputs['marking'] ?? head.type.slice(head.type.indexOf('/') + 1);
  return accord.floor.some((floor) => floor.type === head.type && floor.marking === marking);
}
