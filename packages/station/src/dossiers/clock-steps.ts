import { type ClockReading, type ClockRun, escalationInstants, type Instant, isUndetermined } from '@entente/protocol';
import type { DeclaredTrack, Rung } from '@entente/tracks';

/** A step in the time of a clock at which somebody is told: an escalation of the track, or the bare expiry. */
export interface ClockStep {
  readonly name: string;
  /** 1 is the deadline. */
  readonly part: number;
  readonly to: Rung | undefined;
}

/** A step of one run, and when it is due. */
export interface DueStep extends ClockStep {
  readonly run: ClockRun;
  readonly due: Instant;
}

/** The steps of a clock: those the track declares, and its expiry where the track tells nobody of it. */
export function stepsOf(track: DeclaredTrack, clock: string): readonly ClockStep[] {
  const declared: readonly ClockStep[] = track.escalations.filter((step) => step.clock === clock);
  if (declared.some(({ part }) => part === 1)) return declared;
  return [...declared, { name: `${clock}-expired`, part: 1, to: undefined }];
}

/** All steps of a run as it reads now, each with its instant; none while it is stopped, over, or without a deadline. */
export function dueSteps(track: DeclaredTrack, run: ClockRun, reading: ClockReading): readonly DueStep[] {
  const steps = stepsOf(track, run.clock);
  const instants = escalationInstants(
    reading,
    steps.map(({ part }) => part),
  );
  return instants.flatMap((due, at) => {
    const step = steps[at];
    return step === undefined ? [] : [{ ...step, run, due }];
  });
}

/** The first instant that is no longer in time, of a clock that runs or has run out. */
export function deadlineOf(reading: ClockReading): Instant | undefined {
  if (reading.kind !== 'running' && reading.kind !== 'expired') return undefined;
  return isUndetermined(reading.deadline) ? undefined : reading.deadline;
}

/** Distinguishes what was told: a step of the run that an act started. */
export function stepKey(run: ClockRun, step: { readonly name: string }): string {
  return `${run.trigger} ${step.name}`;
}
