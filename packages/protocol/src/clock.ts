import { isUndetermined, localTime } from './calendar.ts';
import type { Undetermined } from './calendar.ts';
import { continueCalendar } from './calendar-continued.ts';
import { endOfPeriod } from './calendar-period.ts';
import type { Stop } from './calendar-period.ts';
import type { CalendarTable, ClockTerms } from './clock-terms.ts';
import type { ActId, Instant } from './identifiers.ts';
import type { ClockRun } from './track.ts';

/** How sure an effective time is (PROTOCOL §3.5), from best to worst. */
export const certainties = ['settled', 'provisional', 'disputed'] as const;
export type Certainty = (typeof certainties)[number];

/** When an act counts for a clock. */
export interface ActTime {
  readonly instant: Instant;
  readonly certainty: Certainty;
}

/**
 * When the party that the clock binds had an act: of its own acts the effective time, of the counterpart's the receipt,
 * which is its first leaf, or express answer, that saw the act. Undefined while it has not been received.
 */
export type TimeOf = (act: ActId) => ActTime | undefined;

/** What is said of every clock that has started. Milliseconds; `elapsed` leaves out `stoppedFor`. */
interface Started {
  readonly started: Instant;
  readonly elapsed: number;
  readonly stoppedFor: number;
  /** That of the least certain time it rests on. */
  readonly certainty: Certainty;
}

/** The first instant that is no longer in time; or the year that the calendar lacks, which lies ahead. */
export type Deadline = Instant | Undetermined;

/** What a clock says at an instant. */
export type ClockReading =
  | { readonly kind: 'awaiting-receipt' }
  /** The calendar knows neither when it started nor what the date is now. */
  | Undetermined
  | (Started & { readonly kind: 'running'; readonly deadline: Deadline })
  | (Started & { readonly kind: 'stopped'; readonly since: Instant })
  | (Started & { readonly kind: 'ended'; readonly at: Instant; readonly deadline: Deadline; readonly late: boolean })
  | (Started & { readonly kind: 'expired'; readonly deadline: Instant });

/**
 * Reads a clock: a pure function of the cut, which gives `run` and `timeOf`, and of the instant `at`. Never folded:
 * that a clock has expired changes no state (PROTOCOL §3.5).
 *
 * Moves count in the line's order; one whose time is below that of the move before it is taken at the latter's. Once the
 * deadline has passed only an end counts, and is late: no stop or extension revives what has expired. An end while
 * stopped is in time.
 *
 * @param terms those of the accord of the trigger
 * @param tables the calendar of the trigger's accord, then that of each later accord, for the years the first lacks
 */
export function runClock(
  terms: ClockTerms,
  run: ClockRun,
  timeOf: TimeOf,
  tables: readonly [CalendarTable, ...CalendarTable[]],
  at: Instant,
): ClockReading {
  const trigger = timeOf(run.trigger);
  if (trigger === undefined || trigger.instant > at) return { kind: 'awaiting-receipt' };
  const table = continueCalendar(tables);
  const today = localTime(table, at);
  if (isUndetermined(today)) return today;
  const started = trigger.instant;

  let limit = terms.limit;
  const stops: Stop[] = [];
  let stopped: Instant | undefined;
  let last = trigger;
  const deadlineOf = (): Deadline => endOfPeriod(table, started, { ...terms, limit }, stops);
  const startedUntil = (end: Instant): Started => ({
    started,
    elapsed: end - started - total(stops),
    stoppedFor: total(stops),
    certainty: last.certainty,
  });

  let deadline = deadlineOf();
  // A stop or an extension never brings the deadline nearer, so it is counted anew only where the last one has passed:
  // a counterpart that stops and resumes a thousand times costs no thousand countings.
  const hasPassed = (instant: Instant): boolean => {
    if (!isPast(deadline, instant)) return false;
    deadline = deadlineOf();
    return isPast(deadline, instant);
  };
  for (const { move, instant, certainty } of movesUntil(run, timeOf, trigger, at)) {
    const late = stopped === undefined && hasPassed(instant);
    if (late && move !== 'end') continue;
    last = { instant, certainty };
    if (stopped !== undefined && (move === 'resume' || move === 'end')) {
      stops.push({ from: stopped, to: instant });
      stopped = undefined;
    }
    if (move === 'stop') stopped ??= instant;
    if (move === 'extend') limit = terms.extendableTo ?? limit;
    if (move === 'end') return { kind: 'ended', at: instant, deadline: deadlineOf(), late, ...startedUntil(instant) };
  }
  if (stopped !== undefined) return { kind: 'stopped', since: stopped, ...startedUntil(stopped) };
  deadline = deadlineOf();
  return isPast(deadline, at)
    ? { kind: 'expired', deadline, ...startedUntil(at) }
    : { kind: 'running', deadline, ...startedUntil(at) };
}

interface TimedMove extends ActTime {
  readonly move: ClockRun['moves'][number]['move'];
}

/** The moves that have happened, each not before the one before it and not surer than any it follows. */
function movesUntil(run: ClockRun, timeOf: TimeOf, trigger: ActTime, at: Instant): readonly TimedMove[] {
  const moves: TimedMove[] = [];
  let last = trigger;
  for (const { move, act } of run.moves) {
    const time = timeOf(act);
    if (time === undefined || time.instant > at) continue;
    last = {
      instant: Math.max(last.instant, time.instant) as Instant,
      certainty: leastCertain(last.certainty, time.certainty),
    };
    moves.push({ move, ...last });
  }
  return moves;
}

/** A deadline in a year that the table lacks lies after every year it has. */
function isPast(deadline: Deadline, instant: Instant): deadline is Instant {
  return !isUndetermined(deadline) && instant >= deadline;
}

function total(stops: readonly Stop[]): number {
  return stops.reduce((sum, stop) => sum + stop.to - stop.from, 0);
}

function leastCertain(one: Certainty, other: Certainty): Certainty {
  return certainties[Math.max(certainties.indexOf(one), certainties.indexOf(other))] ?? 'disputed';
}
