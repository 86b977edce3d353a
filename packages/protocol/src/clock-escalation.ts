import { isUndetermined } from './calendar.ts';
import type { ClockReading } from './clock.ts';
import type { Instant } from './identifiers.ts';

/**
 * The instants at which given parts of a clock’s time have run, 0 at its start, 1 at its deadline, more past it: when
 * to tell whom. Stops are left out. Nothing while the clock is stopped, ended, or its deadline undetermined.
 */
export function escalationInstants(reading: ClockReading, parts: readonly number[]): readonly Instant[] {
  if (reading.kind !== 'running' && reading.kind !== 'expired') return [];
  const { deadline, started, stoppedFor } = reading;
  if (isUndetermined(deadline)) return [];
  const whole = deadline - started - stoppedFor;
  return parts.map((part) => (deadline - Math.round((1 - part) * whole)) as Instant);
}
