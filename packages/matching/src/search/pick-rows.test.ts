import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RowMarks } from './mark-rows.ts';
import { weightsOf } from './name-query.ts';
import { pickRows } from './pick-rows.ts';
import type { Stretch } from './read-lists.ts';

const name = { parts: [], weights: weightsOf([8, 4]) };
const everyYear = { years: [{ from: 0, to: 100, evidence: 0 }], days: [] };
const stretch = (rows: readonly number[], bits: number, evidence: number): Stretch => ({
  rows: Uint32Array.from(rows),
  from: 0,
  to: rows.length,
  left: { bits, evidence },
  right: { bits: 0, evidence: 0 },
  evidence,
});

test('Who agrees in both words is judged before who agrees in one, and the rarer word counts for more.', () => {
  const marks = new RowMarks();
  marks.read([stretch([1, 2], 1, 8), stretch([2, 3], 2, 4)], 100);
  const { rows, told } = pickRows(marks, name, everyYear, 10);
  assert.deepEqual([...rows], [2, 1, 3]);
  assert.equal(told[0], 12);
});

test('A birth in the year asked for comes before one in another.', () => {
  const marks = new RowMarks();
  marks.read([stretch([1, 50], 1, 8)], 100);
  const years = [
    { from: 0, to: 40, evidence: -3 },
    { from: 40, to: 60, evidence: 3 },
  ];
  assert.deepEqual([...pickRows(marks, name, { years, days: [] }, 10).rows], [50, 1]);
});

test('A query reads no more rows than it may, and the next begins anew.', () => {
  const marks = new RowMarks();
  marks.read([stretch([1, 2, 3, 4], 1, 8)], 2);
  assert.deepEqual([...marks.rows], [1, 2]);
  marks.read([stretch([7], 2, 4)], 2);
  assert.deepEqual([...marks.rows], [7]);
  assert.deepEqual([...marks.bits], [2]);
});
