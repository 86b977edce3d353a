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
