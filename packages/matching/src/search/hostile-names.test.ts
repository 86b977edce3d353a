import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createIdentityIndex } from './identity-index.ts';
import { inventedPeople } from './invented-people.fixtures.ts';

/** Processor time in milliseconds, the least of three: the machine may be busy. */
function costOf(work: () => void): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = process.cpuUsage();
      work();
      return process.cpuUsage(start).user / 1000;
    }),
  );
}

test('names made to meet every list do not make a query slow', () => {
  const index = createIdentityIndex();
  index.putAll(inventedPeople(30_000));
  const everyList = 'Mohamed Fatima Ahmed Youssef Karim Nadia Omar Samira Larbi Zohra Tahar Amine';
  const hostile = {
    names: Array.from({ length: 30 }, (_, at) => `${everyList} ${at}`),
    births: Array.from({ length: 30 }, (_, at) => String(1950 + at)),
  };
  assert.ok(costOf(() => index.search(hostile, { limit: 10 })) < 500);
});

test('thousands of spellings put by an adversary neither hide a person whose date is known nor make the query slow', () => {
  const index = createIdentityIndex();
  index.putAll(inventedPeople(5000));
  index.put('sought', { names: ['Mohamed Benkirane'], births: ['1984-03-12'] });
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ou', 'ee', 'ai'];
  index.putAll(
    Array.from({ length: 4096 }, (_, number) => {
      const vowel = (place: number): string => vowels[Math.floor(number / 8 ** place) % 8] ?? '';
      return [
        `spam-${number}`,
        { names: [`M${vowel(0)}h${vowel(1)}m${vowel(2)}d B${vowel(3)}nk${vowel(0)}r${vowel(1)}n`] },
      ] as const;
    }),
  );
  assert.equal(index.search({ names: ['Mohamed Benkirane'], births: ['1984-12-03'] }, { limit: 10 })[0]?.key, 'sought');
  assert.ok(costOf(() => index.search({ names: ['محمد بن كيران'] }, { limit: 10 })) < 500);
});

test('whatever is asked, an answer is given', () => {
  const index = createIdentityIndex();
  index.putAll(inventedPeople(300));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('', '\u202eAli', '🙂', '0000', 'ا'.repeat(2000), 'a '.repeat(400)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(text, { maxLength: 3 }), (names, births) => {
      assert.ok(index.search({ names, births }, { limit: 5 }).length <= 5);
    }),
    { numRuns: 200 },
  );
});
