import type { ActId, Sha256Hex } from './identifiers.ts';

/** An acceptance as far as one view reaches: which accord, in place of which, and whether the first-listed party proposed it. */
export interface SeenAcceptance {
  readonly proposal: ActId;
  readonly accord: Sha256Hex;
  readonly previous: Sha256Hex;
  readonly proposedByFirst: boolean;
}

/**
 * The accord in force in a view (PROTOCOL §3.10): from the first one on, each acceptance that replaces the present one.
 * Where two proposals crossed and both were accepted, the one of the first-listed party stands.
 */
export function accordInForce(first: Sha256Hex, acceptances: readonly SeenAcceptance[]): Sha256Hex {
  const left = new Set(acceptances);
  let current = first;
  for (;;) {
    const next = [...left].filter((acceptance) => acceptance.previous === current);
    const chosen = next.find((acceptance) => acceptance.proposedByFirst) ?? next[0];
    if (chosen === undefined) return current;
    left.delete(chosen);
    current = chosen.accord;
  }
}
