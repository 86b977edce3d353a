import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedMap } from './bounded-map.ts';

test('whatever is added and asked for, half of what may be kept is what was used last, and never more is kept than allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.array(fc.nat(12), { maxLength: 80 }), (most, keys) => {
      const map = new BoundedMap<number, string>(most);
      const used: number[] = [];
      for (const key of keys) {
        const kept = map.get(key);
        const isRecent = new Set(used.slice(-Math.floor(most / 2))).has(key);
        if (isRecent) assert.equal(kept, `value ${key}`);
        if (kept === undefined) map.add(key, `value ${key}`);
        used.push(key);
        assert.ok(map.size <= most);
      }
    }),
  );
});

test('what is used all the time stays, however much comes and goes', () => {
  const map = new BoundedMap<string, number>(4);
  map.add('Mohamed', 1);
  for (let at = 0; at < 50; at++) {
    map.add(`word ${at}`, at);
    assert.equal(map.get('Mohamed'), 1);
  }
  assert.equal(map.get('word 10'), undefined);
});
