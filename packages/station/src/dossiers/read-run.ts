import {
  type Accord,
  calendarOf,
  type CalendarTable,
  type ClockReading,
  type ClockRun,
  type Head,
  type Instant,
  runClock,
} from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { PartyTimes } from './act-times.ts';

/** Readings of runs that nothing has moved: they differ by their terms and their start alone, and many start together. */
export type ReadingsByStart = Map<string, ClockReading | undefined>;

/** Reads a run as `readRun` does; one that nothing has moved is counted once for all that started with it. */
export function readRunOnce(
  known: ReadingsByStart,
  relation: Relation,
  run: ClockRun,
  trigger: Pick<Head, 'from' | 'to' | 'accord'>,
  times: PartyTimes,
  at: Instant,
): ClockReading | undefined {
  if (run.moves.length > 0) return readRun(relation, run, trigger, times, at);
  const starts = [times.own.get(run.trigger), times.theirs.get(run.trigger)];
  const key = [
    run.clock,
    trigger.from,
    trigger.accord,
    ...starts.flatMap((time) => [time?.instant, time?.certainty]),
  ].join();
  if (!known.has(key)) known.set(key, readRun(relation, run, trigger, times, at));
  return known.get(key);
}

/**
 * Reads one run of a clock at an instant, by the terms and calendars of the accord of its trigger (PROTOCOL §3.6). A
 * clock binds the receiver of its trigger, or the author where the accord counts in the author's calendar.
 * @returns undefined where the accord has no such clock
 */
export function readRun(
  relation: Relation,
  run: ClockRun,
  trigger: Pick<Head, 'from' | 'to' | 'accord'>,
  times: PartyTimes,
  at: Instant,
): ClockReading | undefined {
  const accords = relation.authority.accordsFrom(trigger.accord, relation.own);
  const terms = accords[0]?.clocks[run.clock];
  if (terms === undefined) return undefined;
  const [first, ...later] = accords.flatMap((accord) => tableOf(accord, terms, trigger));
  if (first === undefined) return undefined;
  const bound = terms.calendar === 'author' ? trigger.from : trigger.to;
  const had = bound === relation.own ? times.own : times.theirs;
  return runClock(terms, run, (act) => had.get(act), [first, ...later], at);
}

function tableOf(
  accord: Accord,
  terms: Parameters<typeof calendarOf>[1],
  trigger: Pick<Head, 'from' | 'to'>,
): readonly CalendarTable[] {
  const table = calendarOf(accord, terms, trigger);
  return table === undefined ? [] : [table];
}

/** Whether a run may still start or is not over. */
export function isOpen(run: ClockRun): boolean {
  return run.moves.at(-1)?.move !== 'end';
}
