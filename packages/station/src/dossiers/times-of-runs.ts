import type { ClockRun, Head, Instant } from '@entente/protocol';
import type { DeclaredTrack } from '@entente/tracks';
import type { Relation } from '../custody/relation.ts';
import type { PartyTimes } from './act-times.ts';
import { deadlineOf, dueSteps, stepKey } from './clock-steps.ts';
import { isOpen, readRunOnce, type ReadingsByStart } from './read-run.ts';

/** What clocks are read with. */
export interface ReadTerms {
  readonly times: PartyTimes;
  /** Of this instant and cut; shared by the dossiers of a piece. */
  readonly readings: ReadingsByStart;
  /** Steps that were told already. */
  readonly told: ReadonlySet<string> | undefined;
  /** Not before any leaf of the cut: a clock must not miss an act because the counterpart's clock is ahead. */
  readonly at: Instant;
}

/** What a dossier is waited for: its next legal instant, and when somebody is to be told of a clock. */
export interface RunTimes {
  readonly deadline: Instant | undefined;
  readonly nextStep: Instant | undefined;
}

export function timesOfRuns(
  relation: Relation,
  track: DeclaredTrack,
  runs: readonly ClockRun[],
  triggerOf: (run: ClockRun) => Head | undefined,
  { times, readings, told, at }: ReadTerms,
): RunTimes {
  const deadlines: Instant[] = [];
  const steps: Instant[] = [];
  for (const run of runs.filter(isOpen)) {
    const trigger = triggerOf(run);
    const reading = trigger && readRunOnce(readings, relation, run, trigger, times, at);
    if (reading === undefined) continue;
    const deadline = deadlineOf(reading);
    if (deadline !== undefined) deadlines.push(deadline);
    for (const step of dueSteps(track, run, reading)) if (told?.has(stepKey(run, step)) !== true) steps.push(step.due);
  }
  return { deadline: least(deadlines), nextStep: least(steps) };
}

function least(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : (Math.min(...instants) as Instant);
}
