import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { BlindFault } from './blind-fault.ts';
import { findTag, pageLength, pagesFor, pageTags, readPage, writeTable } from './table.ts';

const fresh = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

function randomTags(count: number): BigUint64Array {
  return new BigUint64Array(fresh(count * 8).buffer);
}

test('tables of different numbers of persons of one class have one size', () => {
  assert.equal(writeTable(randomTags(1), fresh).length, writeTable(randomTags(4000), fresh).length);
  const classes = [1, 4096, 4097, 6144, 6145, 8192, 8193].map(pagesFor);
  assert.deepEqual(classes, [16, 16, 24, 24, 32, 32, 48]);
  for (let tags = 1; tags < 1_000_000; tags += 7919) assert.ok(pagesFor(tags) * pageTags >= tags);
});

test('every tag of a table is found, and a stranger is not', () => {
  const tags = randomTags(5000);
  const table = writeTable(tags.slice(), fresh);
  const whole = { first: true, last: true };
  for (const tag of tags) assert.equal(findTag(table, tag, whole), 'present');
  for (const tag of randomTags(5000)) assert.equal(findTag(table, tag, whole), 'absent');
  assert.equal(findTag(table, 0n, whole), 'absent');
  assert.equal(findTag(table, 2n ** 64n - 1n, whole), 'absent');
});

test('a page beside the right one says on which side to look, so that an absence cannot be feigned', () => {
  const table = writeTable(randomTags(20_000), fresh);
  const page = table.subarray(3 * pageLength, 4 * pageLength);
  const tags = readPage(page);
  const inner = { first: false, last: false };
  assert.equal(findTag(page, (tags[0] ?? 0n) - 1n, inner), 'before');
  assert.equal(findTag(page, (tags.at(-1) ?? 0n) + 1n, inner), 'after');
});

test('a page that is short or out of order is refused', () => {
  const page = writeTable(randomTags(10), fresh).slice(0, pageLength);
  assert.throws(
    () => readPage(page.slice(1)),
    (error) => error instanceof BlindFault,
  );
  page.fill(255, 0, 8);
  assert.throws(
    () => readPage(page),
    (error) => error instanceof BlindFault && error.code === 'table-malformed',
  );
});
