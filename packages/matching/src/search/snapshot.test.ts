import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createIdentityIndex, restoreIdentityIndex } from './identity-index.ts';
import type { IdentityIndex } from './identity-index.ts';
import { inventedPeople, inventedPerson } from './invented-people.fixtures.ts';
import { SearchRefusal } from './search-refusal.ts';

function crowd(): IdentityIndex {
  const index = createIdentityIndex();
  index.putAll(inventedPeople(3000));
  index.put('sought', {
    names: ['نور الدين بن علي'],
    births: ['1984'],
    documents: [{ kind: 'passport', number: 'X1' }],
  });
  for (let number = 0; number < 3000; number += 7) index.remove(`person-${number}`);
  return index;
}

/** Copies: chunks share the index's bytes. */
function snapshotOf(index: IdentityIndex): Uint8Array[] {
  return Array.from(index.snapshot(), (chunk) => chunk.slice());
}

function answersOf(index: IdentityIndex): string {
  const queries = [
    ...Array.from({ length: 60 }, (_, number) => inventedPerson(number * 31)),
    { names: ['Noureddine Benali'] },
  ];
  return JSON.stringify(
    queries.map((query) => index.search(query, { limit: 20 }).map((found) => [found, found.explain()])),
  );
}

const whole = snapshotOf(crowd());

test('a restored index gives the same answers to the byte, and takes what came since', () => {
  const index = crowd();
  const restored = restoreIdentityIndex(snapshotOf(index));
  assert.equal(restored.size, index.size);
  assert.equal(answersOf(restored), answersOf(index));
  for (const each of [index, restored]) {
    each.put('later', { names: ['Zbigniew Brzezinski'] });
    each.remove('person-1');
  }
  assert.equal(answersOf(restored), answersOf(index));
  assert.equal(restored.search({ names: ['Zbigniew Brzezinski'] }, { limit: 1 })[0]?.key, 'later');
});

test('a snapshot is restored whatever the size of its chunks', () => {
  const bytes = Buffer.concat(whole);
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: bytes.length }), (size) => {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      assert.equal(restoreIdentityIndex(chunks).has('sought'), true);
    }),
    { numRuns: 20 },
  );
});

test('an empty index has a snapshot too', () => {
  assert.equal(restoreIdentityIndex(snapshotOf(createIdentityIndex())).size, 0);
});

test('a snapshot with one bit changed, cut short or overlong is refused', () => {
  const bytes = Buffer.concat(whole);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      assert.throws(() => restoreIdentityIndex([changed]), SearchRefusal);
    }),
    { numRuns: 60 },
  );
  for (const length of [0, 20, bytes.length - 1])
    assert.throws(() => restoreIdentityIndex([bytes.subarray(0, length)]), SearchRefusal);
  assert.throws(() => restoreIdentityIndex([...whole, Uint8Array.of(0)]), { code: 'snapshot-damaged' });
});

test('a foreign file, another version and a snapshot larger than allowed are refused, each by its code', () => {
  const head = Buffer.from(whole[0] ?? new Uint8Array()).toString();
  const withHead = (text: string): Uint8Array[] => [Buffer.from(text), ...whole.slice(1)];
  assert.throws(() => restoreIdentityIndex([Buffer.from('{"format":"tar"}\n')]), { code: 'snapshot-foreign' });
  assert.throws(() => restoreIdentityIndex([new Uint8Array(100_000)]), { code: 'snapshot-foreign' });
  assert.throws(() => restoreIdentityIndex([Buffer.from('not JSON\n')]), { code: 'snapshot-foreign' });
  assert.throws(() => restoreIdentityIndex(withHead(head.replace('"version":2', '"version":1'))), {
    code: 'snapshot-version',
  });
  assert.throws(() => restoreIdentityIndex(withHead(head.replace(/"lengths":\[\d+/, '"lengths":[99999999999'))), {
    code: 'snapshot-damaged',
  });
  assert.throws(() => restoreIdentityIndex(whole, { most: 10 }), { code: 'index-full' });
});

test('no chunk of a snapshot is larger than four mebibytes', () => {
  for (const chunk of whole) assert.ok(chunk.length <= 4 * 1024 * 1024);
});
