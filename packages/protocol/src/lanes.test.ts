import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laneSettings, mayPass, strictestLane } from './index.ts';
import type { ActType } from './index.ts';

const type: ActType = {
  name: 'a',
  author: 'one-officer',
  by: 'either',
  effect: 'union',
  from: 'any',
  inputs: [],
  fields: [],
  gates: [],
};

test('a lane is as closed as the more closed of both settings, and lifting one does not lift the other', () => {
  for (const out of laneSettings) {
    for (const into of laneSettings) {
      const closed = [out, into].some((setting) => setting === 'floor-only' || setting === 'suspended');
      const passage = mayPass(type, false, out, into);
      assert.equal(passage.kind, closed ? 'hold' : 'pass', `${out} ${into}`);
      assert.equal(strictestLane(out, into), strictestLane(into, out));
      const guarded = !closed && (out === 'guarded' || into === 'guarded');
      assert.equal(passage.kind === 'pass' && passage.officers === 'two', guarded, `${out} ${into}`);
    }
  }
});

test('the floor passes every lane with one officer, and so do recalls and receipts', () => {
  for (const out of laneSettings) {
    assert.deepEqual(mayPass(type, true, out, 'suspended'), { kind: 'pass', officers: 'as-declared' });
    assert.deepEqual(mayPass({ ...type, passesLanes: true }, false, out, 'guarded'), {
      kind: 'pass',
      officers: 'as-declared',
    });
  }
});
