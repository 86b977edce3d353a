import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { runClock } from './clock.ts';
import type { Certainty, ClockReading, TimeOf } from './clock.ts';
import { calendarOf } from './clock-calendar.ts';
import { escalationInstants } from './clock-escalation.ts';
import { defaultClocks } from './default-clocks.ts';
import type { ActId, ClockRun, ClockTerms, Instant, PartyId } from './index.ts';
import { at, casablanca, paris } from './calendar.fixtures.ts';

const minute = 60_000;
const id = (n: number): ActId => n.toString(16).padStart(64, '0') as ActId;

/** A clock whose trigger was received at the first time; each move is `stop 2026-03-02T10:00Z`. */
function read(
  terms: ClockTerms,
  received: string,
  moves: readonly string[],
  when: string,
  tables = [paris],
): ClockReading {
  const acts = [received, ...moves].map((move, i) => {
    const [name = '', time = ''] = i === 0 ? ['start', move] : move.split(' ');
    return { move: name as ClockRun['moves'][number]['move'], act: id(i), instant: at(time) };
  });
  const run: ClockRun = { clock: 'c', trigger: id(0), moves: acts.slice(1).map(({ move, act }) => ({ move, act })) };
  const timeOf: TimeOf = (act) => {
    const found = acts.find((one) => one.act === act);
    return found && { instant: found.instant, certainty: 'settled' };
  };
  const [first = paris, ...later] = tables;
  return runClock(terms, run, timeOf, [first, ...later], at(when));
}

const urgent = defaultClocks['urgent-direct'];
const other = defaultClocks.other;

test('a clock waits until its trigger is received', () => {
  const run: ClockRun = { clock: 'other', trigger: id(0), moves: [] };
  assert.deepEqual(
    runClock(other, run, () => undefined, [paris], at('2026-03-02T10:00Z')),
    { kind: 'awaiting-receipt' },
  );
  assert.equal(read(other, '2026-03-02T10:00Z', [], '2026-03-02T09:59Z').kind, 'awaiting-receipt');
});

test('an urgent request of Friday 17:59 runs until 02:00 and has expired at 02:00', () => {
  const running = read(urgent, '2026-02-27T16:59Z', [], '2026-02-28T00:59Z');
  assert.ok(running.kind === 'running');
  assert.equal(running.deadline, at('2026-02-28T01:00Z'));
  assert.equal(running.elapsed, 8 * 60 * minute);
  assert.equal(read(urgent, '2026-02-27T16:59Z', [], '2026-02-28T01:00Z').kind, 'expired');
});

test('a clarification stops the clock, its answer resumes it, and the days between are given back', () => {
  const asked = 'stop 2026-03-04T10:00Z';
  const stopped = read(other, '2026-03-02T10:00Z', [asked], '2026-05-01T10:00Z');
  assert.ok(stopped.kind === 'stopped');
  assert.equal(stopped.since, at('2026-03-04T10:00Z'));
  assert.equal(stopped.elapsed, 48 * 60 * minute);
  const resumed = read(other, '2026-03-02T10:00Z', [asked, 'resume 2026-03-10T09:00Z'], '2026-03-11T10:00Z');
  assert.ok(resumed.kind === 'running');
  // Of the seven days only Tuesday 3 was counted; Wednesday 11 to Monday 16 are the other six.
  assert.equal(resumed.deadline, at('2026-03-16T23:00Z'));
});

test('an answer in time ends the clock for good', () => {
  const reading = read(
    other,
    '2026-03-02T10:00Z',
    ['end 2026-03-05T10:00Z', 'stop 2026-03-06T10:00Z'],
    '2026-06-01T10:00Z',
  );
  assert.ok(reading.kind === 'ended');
  assert.equal(reading.late, false);
  assert.equal(reading.elapsed, 72 * 60 * minute);
});

test('an answer at the deadline is late, one millisecond before it is in time', () => {
  const reading = read(other, '2026-03-02T10:00Z', ['end 2026-03-09T23:00Z'], '2026-06-01T10:00Z');
  assert.ok(reading.kind === 'ended' && reading.late);
  const before = read(other, '2026-03-02T10:00Z', ['end 2026-03-09T22:59Z'], '2026-06-01T10:00Z');
  assert.ok(before.kind === 'ended' && !before.late);
});

test('who answers while the clock is stopped is in time', () => {
  const moves = ['stop 2026-03-04T10:00Z', 'end 2026-04-20T10:00Z'];
  const reading = read(other, '2026-03-02T10:00Z', moves, '2026-06-01T10:00Z');
  assert.ok(reading.kind === 'ended' && !reading.late);
});

test('no stop or extension revives what has expired', () => {
  const reply = defaultClocks['readmission-reply'];
  const moves = ['stop 2026-03-28T10:00Z', 'extend 2026-03-28T10:00Z'];
  const reading = read(reply, '2026-03-02T10:00Z', moves, '2026-03-29T10:00Z');
  assert.ok(reading.kind === 'expired');
  assert.equal(reading.deadline, at('2026-03-27T23:00Z'));
});

test('an extension runs from the same trigger, once', () => {
  const reply = defaultClocks['readmission-reply'];
  const moves = ['extend 2026-03-20T10:00Z', 'extend 2026-03-21T10:00Z'];
  const reading = read(reply, '2026-03-02T10:00Z', moves, '2026-03-29T10:00Z');
  assert.ok(reading.kind === 'running');
  // 60 days after 2 March is 1 May, a holiday and a Friday: Monday 4.
  assert.equal(reading.deadline, at('2026-05-04T22:00Z'));
});

test('a clock that cannot be extended is not', () => {
  const reading = read(other, '2026-03-02T10:00Z', ['extend 2026-03-04T10:00Z'], '2026-03-05T10:00Z');
  assert.ok(reading.kind === 'running');
  assert.equal(reading.deadline, at('2026-03-09T23:00Z'));
});

test('a deadline in a year nobody has agreed is undetermined, and determined once a later accord has the year', () => {
  const reply = defaultClocks['readmission-reply'];
  const [y2026, y2027] = paris.years;
  assert.ok(y2026 && y2027);
  const now = { ...paris, years: [y2026] };
  const before = read(reply, '2026-12-20T10:00Z', [], '2026-12-30T10:00Z', [now]);
  assert.ok(before.kind === 'running');
  assert.deepEqual(before.deadline, { kind: 'undetermined', year: 2027 });
  assert.deepEqual(read(reply, '2026-12-20T10:00Z', [], '2027-01-30T10:00Z', [now]), {
    kind: 'undetermined',
    year: 2027,
  });
  const after = read(reply, '2026-12-20T10:00Z', [], '2027-01-02T10:00Z', [now, { ...paris, years: [y2027] }]);
  assert.ok(after.kind === 'running');
  assert.equal(after.deadline, at('2027-01-14T23:00Z'));
});

test('what rests on a provisional or disputed time says so', () => {
  const run: ClockRun = { clock: 'c', trigger: id(0), moves: [{ move: 'stop', act: id(1) }] };
  const sure = (trigger: Certainty, stop: Certainty): ClockReading => {
    const times = new Map([
      [id(0), { instant: at('2026-03-02T10:00Z'), certainty: trigger }],
      [id(1), { instant: at('2026-03-03T10:00Z'), certainty: stop }],
    ]);
    return runClock(other, run, (act) => times.get(act), [paris], at('2026-03-04T10:00Z'));
  };
  const certaintyOf = (reading: ClockReading): Certainty | undefined =>
    'certainty' in reading ? reading.certainty : undefined;
  assert.equal(certaintyOf(sure('settled', 'settled')), 'settled');
  assert.equal(certaintyOf(sure('settled', 'provisional')), 'provisional');
  assert.equal(certaintyOf(sure('disputed', 'provisional')), 'disputed');
});

test('a move whose time lies before that of the move it follows counts from the latter', () => {
  const moves = ['stop 2026-03-05T10:00Z', 'resume 2026-03-04T10:00Z'];
  const reading = read(defaultClocks['threat-to-life-answer'], '2026-03-05T09:00Z', moves, '2026-03-05T10:30Z');
  assert.ok(reading.kind === 'running');
  assert.equal(reading.stoppedFor, 0);
});

test('a threat to life is escalated at its parts, and past its deadline', () => {
  const answer = defaultClocks['threat-to-life-answer'];
  const reading = read(answer, '2026-03-05T09:00Z', [], '2026-03-05T09:05Z');
  assert.deepEqual(escalationInstants(reading, [0.25, 1, 1.25]), [
    at('2026-03-05T09:30Z'),
    at('2026-03-05T11:00Z'),
    at('2026-03-05T11:30Z'),
  ]);
  assert.deepEqual(
    escalationInstants(read(answer, '2026-03-05T09:00Z', ['end 2026-03-05T09:10Z'], '2026-03-05T10:00Z'), [1]),
    [],
  );
});

test('a counterpart that stops and resumes two thousand times does not hold up the reading', () => {
  const moves = Array.from(
    { length: 4_000 },
    (_, i) => ({ move: i % 2 === 0 ? 'stop' : 'resume', act: id(i + 1) }) as const,
  );
  const start = at('2026-01-05T10:00Z');
  const timeOf: TimeOf = (act) => ({
    instant: (start + Number.parseInt(act, 16) * 10 * minute) as Instant,
    certainty: 'settled',
  });
  const before = performance.now();
  runClock(other, { clock: 'c', trigger: id(0), moves }, timeOf, [paris], at('2026-06-30T10:00Z'));
  assert.ok(performance.now() - before < 3_000);
});

test('the calendar is that of the receiver, of the author, or the one the accord names', () => {
  const party = (name: string): { id: PartyId; calendar: string } => ({
    id: name as PartyId,
    calendar: `${name}-days`,
  });
  const accord = {
    parties: [party('fr'), party('ma')],
    calendars: { 'fr-days': paris, 'ma-days': casablanca },
  } as unknown as Parameters<typeof calendarOf>[0];
  const trigger = { from: 'fr' as PartyId, to: 'ma' as PartyId };
  assert.equal(calendarOf(accord, { ...other, calendar: 'receiver' }, trigger), casablanca);
  assert.equal(calendarOf(accord, { ...other, calendar: 'author' }, trigger), paris);
  assert.equal(calendarOf(accord, { ...other, calendar: { name: 'fr-days' } }, trigger), paris);
  assert.equal(calendarOf(accord, { ...other, calendar: { name: 'toString' } }, trigger), undefined);
});

test('a clock, once expired, never runs again by time alone, and reads the same however often it is read', () => {
  const terms = fc.constantFrom(...Object.values(defaultClocks));
  const names = fc.constantFrom('stop', 'resume', 'extend', 'end');
  const moves = fc.array(fc.tuple(names, fc.nat(90 * 24 * 60)), { maxLength: 5 });
  fc.assert(
    fc.property(terms, moves, fc.nat(100 * 24 * 60), fc.nat(100 * 24 * 60), (term, made, first, more) => {
      const start = at('2026-01-05T10:00Z');
      const run: ClockRun = {
        clock: 'c',
        trigger: id(0),
        moves: made.map(([move], i) => ({ move: move as ClockRun['moves'][number]['move'], act: id(i + 1) })),
      };
      const times = made.map(([, minutes]) => (start + minutes * minute) as Instant).sort((a, b) => a - b);
      const timeOf: TimeOf = (act) => {
        const n = Number.parseInt(act, 16);
        const instant = n === 0 ? start : times[n - 1];
        return instant === undefined ? undefined : { instant, certainty: 'settled' };
      };
      const when = (start + first * minute) as Instant;
      const now = runClock(term, run, timeOf, [paris], when);
      const later = runClock(term, run, timeOf, [paris], (when + more * minute) as Instant);
      assert.deepEqual(runClock(term, run, timeOf, [paris], when), now);
      if (now.kind === 'expired') assert.ok(later.kind === 'expired' || (later.kind === 'ended' && later.late));
      if (now.kind === 'ended') assert.deepEqual(later, now);
    }),
  );
});
