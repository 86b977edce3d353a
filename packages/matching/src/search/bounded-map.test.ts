import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedMap } from './bounded-map.ts';

test('whatever is added, what was added last is kept and never more than allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.uniqueArray(fc.nat(99), { maxLength: 40 }), (most, keys) => {
      const map = new BoundedMap<number, string>(most);
      for (const key of keys) map.add(key, `value ${key}`);
      const kept = keys.filter((key) => map.get(key) !== undefined);
      assert.deepEqual(kept, keys.slice(-most));
      for (const key of kept) assert.equal(map.get(key), `value ${key}`);
    }),
  );
});
