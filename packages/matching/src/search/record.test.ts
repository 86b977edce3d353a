import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { BirthDate } from '../dates/birth-date.ts';
import { packBirth, unpackBirth } from './packed-birth.ts';
import { RecordReader, recordsIn, writeRecord } from './record.ts';

const month = fc.integer({ min: 1, max: 12 });
const day = fc.integer({ min: 1, max: 31 });
const year = fc.integer({ min: 1850, max: 2150 });
const PLAIN = { noNullPrototype: true } as const;
const birth: fc.Arbitrary<BirthDate> = fc.oneof(
  fc.tuple(year, month, day).map(([year, month, day]) => ({ kind: 'day' as const, year, month, day })),
  fc.tuple(year, month).map(([year, month]) => ({ kind: 'month' as const, year, month })),
  fc.tuple(year, fc.constantFrom('year' as const, 'about' as const)).map(([year, kind]) => ({ kind, year })),
  fc.tuple(year, fc.nat(300)).map(([from, span]) => ({ kind: 'between' as const, from, to: from + span })),
);
const names = fc.array(fc.array(fc.nat(2 ** 28), { maxLength: 12 }), { maxLength: 32 });
const record = fc.record(
  {
    key: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    births: fc.array(birth, { maxLength: 12 }),
    names,
    details: fc.uint8Array({ maxLength: 400 }),
  },
  PLAIN,
);

test('every birth date comes back as it was packed', () => {
  fc.assert(fc.property(birth, (date) => assert.deepEqual(unpackBirth(packBirth(date)), date)));
});

test('records come back one by one as they were written, each from its place', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), (written) => {
      const bytes = Buffer.concat(written.map(writeRecord));
      const read = Array.from(recordsIn(bytes), (part) => readWhole(part));
      assert.deepEqual(
        read,
        written.map(({ key, births, names, details }) => ({ key: [...key], births, names, details: [...details] })),
      );
    }),
  );
});

function readWhole(bytes: Uint8Array): object {
  const reader = new RecordReader(bytes);
  reader.open(0);
  const births = reader.births();
  const words = new Uint32Array(256);
  const names = Array.from({ length: reader.nameCount() }, () => {
    const count = reader.readWords(words);
    return [...words.subarray(0, count)];
  });
  return { key: [...reader.key()], births, names, details: [...reader.details()] };
}
