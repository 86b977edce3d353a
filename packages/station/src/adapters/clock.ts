import type { Instant } from '@entente/protocol';

/** What time it is. The system's clock in a station; one that jumps in a test. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() as Instant };
