import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isUndetermined } from './calendar.ts';
import { endOfPeriod } from './calendar-period.ts';
import type { Period, Stop } from './calendar-period.ts';
import type { CalendarTable, Instant } from './index.ts';
import { clockUnits, writeInstant } from './index.ts';
import { at, casablanca, paris } from './calendar.fixtures.ts';

function end(table: CalendarTable, event: string, limit: number, unit: Period['unit'], ...stops: string[]): string {
  return endWith(table, event, { limit, unit, endsOn: 'working-day' }, stops);
}

function endWith(table: CalendarTable, event: string, period: Period, stops: readonly string[] = []): string {
  const while_ = stops.map((stop): Stop => {
    const [from = '', to = ''] = stop.split('/');
    return { from: at(from), to: at(to) };
  });
  const instant = endOfPeriod(table, at(event), period, while_);
  return isUndetermined(instant) ? `no ${instant.year}` : writeInstant(instant).replace(':00.000Z', 'Z');
}

test('eight hours from Friday 17:59 in Paris run through the night, from 18:00 to 02:00', () => {
  assert.equal(end(paris, '2026-02-27T16:59Z', 8, 'hours'), '2026-02-28T01:00Z');
});

test('the minute within the hour, and the hour within the day, are of no matter', () => {
  assert.equal(end(paris, '2026-02-27T16:00Z', 8, 'hours'), '2026-02-28T01:00Z');
  assert.equal(end(paris, '2026-02-27T17:00Z', 8, 'hours'), '2026-02-28T02:00Z');
  assert.equal(
    end(paris, '2026-03-02T23:00Z', 7, 'calendar-days'),
    end(paris, '2026-03-03T22:59Z', 7, 'calendar-days'),
  );
});

test('hours pass through a change of hour as they are lived', () => {
  // 28 March 23:30 in Paris; at 02:00 it is 03:00.
  assert.equal(end(paris, '2026-03-28T22:30Z', 8, 'hours'), '2026-03-29T07:00Z');
});

test('thirty minutes are thirty minutes', () => {
  assert.equal(end(paris, '2026-02-27T16:59:30Z', 30, 'minutes'), '2026-02-27T17:29:30.000Z');
});

test('three calendar days that end on a Sunday end with the Monday', () => {
  // Thursday 5 March → Sunday 8 → Monday 9.
  assert.equal(end(paris, '2026-03-05T10:00Z', 3, 'calendar-days'), '2026-03-09T23:00Z');
});

test('three calendar days from Friday 17:59 end on Tuesday: they must hold two working days', () => {
  assert.equal(end(paris, '2026-03-06T16:59Z', 3, 'calendar-days'), '2026-03-10T23:00Z');
});

test('three calendar days before Easter pass over the Monday', () => {
  // Thursday 2 April → Sunday 5, Monday 6 is a holiday → Tuesday 7, with Friday 3 the second working day.
  assert.equal(end(paris, '2026-04-02T08:00Z', 3, 'calendar-days'), '2026-04-07T22:00Z');
});

test('how long a document is valid is not lengthened by a weekend', () => {
  const period: Period = { limit: 3, unit: 'calendar-days', endsOn: 'any-day' };
  assert.equal(endWith(paris, '2026-03-05T10:00Z', period), '2026-03-08T23:00Z');
});

test('the same acts end earlier in Paris than in Casablanca when the feast lies between', () => {
  // Tuesday 17 March, 3 calendar days → Friday 20: the feast in Morocco, until Monday 23 at the new offset.
  assert.equal(end(paris, '2026-03-17T12:00Z', 3, 'calendar-days'), '2026-03-20T23:00Z');
  assert.equal(end(casablanca, '2026-03-17T12:00Z', 3, 'calendar-days'), '2026-03-23T23:00Z');
});

test('a day in Ramadan ends at midnight of Greenwich, a day before or after it an hour earlier', () => {
  assert.equal(end(casablanca, '2026-02-09T12:00Z', 1, 'calendar-days'), '2026-02-10T23:00Z');
  assert.equal(end(casablanca, '2026-02-16T12:00Z', 1, 'calendar-days'), '2026-02-18T00:00Z');
});

test('three working days pass over the feast', () => {
  assert.equal(end(casablanca, '2026-05-25T10:00Z', 3, 'working-days'), '2026-06-01T23:00Z');
});

test('31 January and three months are 30 April', () => {
  assert.equal(end(paris, '2026-01-31T10:00Z', 3, 'months'), '2026-04-30T22:00Z');
});

test('a leap year has its 29 February', () => {
  assert.equal(end(paris, '2027-11-29T10:00Z', 3, 'months'), '2028-02-29T23:00Z');
  assert.equal(end(paris, '2028-01-31T10:00Z', 1, 'months'), '2028-02-29T23:00Z');
});

test('the yearly statistics are due with the last hour of 1 March', () => {
  const period: Period = { limit: 2, unit: 'months', endsOn: 'any-day' };
  assert.equal(endWith(paris, '2025-12-31T23:00Z', period), '2026-03-01T23:00Z');
  assert.equal(endWith(paris, '2027-12-31T23:00Z', period), '2028-03-01T23:00Z');
});

test('a stop of an hour in a limit of days takes the whole day out', () => {
  // Monday 2 March, 7 days → Monday 9; the stop on Wednesday moves it to Tuesday 10.
  assert.equal(end(paris, '2026-03-02T10:00Z', 7, 'calendar-days'), '2026-03-09T23:00Z');
  const stop = '2026-03-04T10:00Z/2026-03-04T11:00Z';
  assert.equal(end(paris, '2026-03-02T10:00Z', 7, 'calendar-days', stop), '2026-03-10T23:00Z');
});

test('a stop within the day of the request moves nothing: that day was not counted', () => {
  const stop = '2026-03-02T11:00Z/2026-03-02T15:00Z';
  assert.equal(end(paris, '2026-03-02T10:00Z', 7, 'calendar-days', stop), '2026-03-09T23:00Z');
});

test('two stops on one day take one day out', () => {
  const stops = ['2026-03-04T10:00Z/2026-03-04T11:00Z', '2026-03-04T12:00Z/2026-03-04T13:00Z'];
  assert.equal(end(paris, '2026-03-02T10:00Z', 7, 'calendar-days', ...stops), '2026-03-10T23:00Z');
});

test('a stop of five minutes in a limit of hours takes the whole hour out, two within it no more', () => {
  const five = '2026-03-02T12:10Z/2026-03-02T12:15Z';
  const more = '2026-03-02T12:20Z/2026-03-02T12:25Z';
  assert.equal(end(paris, '2026-03-02T10:30Z', 8, 'hours'), '2026-03-02T19:00Z');
  assert.equal(end(paris, '2026-03-02T10:30Z', 8, 'hours', five), '2026-03-02T20:00Z');
  assert.equal(end(paris, '2026-03-02T10:30Z', 8, 'hours', five, more), '2026-03-02T20:00Z');
});

test('a stop that begins at the deadline is too late', () => {
  const stop = '2026-03-02T19:00Z/2026-03-03T19:00Z';
  assert.equal(end(paris, '2026-03-02T10:30Z', 8, 'hours', stop), '2026-03-02T19:00Z');
});

test('a limit that needs a year the table lacks says which', () => {
  assert.equal(end(casablanca, '2026-12-20T10:00Z', 25, 'calendar-days'), 'no 2027');
  assert.equal(end(casablanca, '2025-06-01T10:00Z', 3, 'calendar-days'), 'no 2025');
});

const hour = 3_600_000;
const first = at('2026-01-01T00:00Z');
const events = fc.nat(300 * 24 * hour).map((since) => (first + since) as Instant);
const periods = fc.record({
  limit: fc.integer({ min: 1, max: 10 }),
  unit: fc.constantFrom(...clockUnits),
  endsOn: fc.constantFrom('working-day' as const, 'any-day' as const),
});
const durations = fc.array(fc.tuple(fc.nat(60 * hour), fc.nat(60 * hour)), { maxLength: 3 });

function stopsAfter(event: Instant, lengths: readonly (readonly [number, number])[]): readonly Stop[] {
  let last: number = event;
  return lengths.map(([wait, length]) => {
    const from = (last + wait + 1) as Instant;
    last = from + length;
    return { from, to: last as Instant };
  });
}

function ended(event: Instant, period: Period, stops: readonly Stop[] = []): Instant {
  const instant = endOfPeriod(paris, event, period, stops);
  assert.ok(!isUndetermined(instant));
  return instant;
}

test('no period ends before its event, and a later event never makes it end earlier', () => {
  fc.assert(
    fc.property(events, fc.nat(100 * hour), periods, (event, later, period) => {
      assert.ok(ended(event, period) > event);
      assert.ok(ended((event + later) as Instant, period) >= ended(event, period));
    }),
  );
});

test('a longer limit never ends earlier', () => {
  fc.assert(
    fc.property(events, periods, (event, period) => {
      assert.ok(ended(event, { ...period, limit: period.limit + 1 }) >= ended(event, period));
    }),
  );
});

test('a stop never brings a deadline nearer, and what is stopped is given back', () => {
  fc.assert(
    fc.property(events, periods, durations, (event, period, lengths) => {
      const stops = stopsAfter(event, lengths);
      const plain = ended(event, period);
      const pushed = ended(event, period, stops);
      assert.ok(pushed >= plain);
      const inTime = stops.filter(({ from }) => from < pushed).reduce((sum, { from, to }) => sum + to - from, 0);
      if (period.unit === 'minutes') assert.equal(pushed, plain + inTime);
    }),
  );
});
