import assert from 'node:assert/strict';
import test from 'node:test';
import { createIdentityIndex } from './identity-index.ts';
import { inventedPeople, inventedPerson } from './invented-people.fixtures.ts';
import { mergeCandidates, shardOf } from './shards.ts';

test('two processes together find whom one finds, in the same order where evidence is not near', () => {
  const people = [...inventedPeople(20_000)];
  const whole = createIdentityIndex();
  whole.putAll(people);
  const shards = [0, 1].map((shard) => {
    const index = createIdentityIndex();
    index.putAll(people.filter(([key]) => shardOf(key, 2) === shard));
    return index;
  });
  for (let number = 3; number < 20_000; number += 997) {
    const query = inventedPerson(number);
    const expected = whole.search(query, { limit: 5 });
    const merged = mergeCandidates(
      shards.map((shard) => shard.search(query, { limit: 20 })),
      20,
    );
    const keys = new Set(merged.map(({ key }) => key));
    assert.ok(keys.has(`person-${number}`));
    for (const { key } of expected) assert.ok(keys.has(key), key);
    const [best, again] = [expected[0], merged[0]];
    assert.ok(best !== undefined && again !== undefined && Math.abs(best.evidence - again.evidence) < 0.5);
  }
});

test('every key has one shard, and shards are of like size', () => {
  const sizes = [0, 0, 0];
  for (let number = 0; number < 9000; number++) {
    const shard = shardOf(`person-${number}`, 3);
    sizes[shard] = (sizes[shard] ?? 0) + 1;
  }
  for (const size of sizes) assert.ok(size > 2700 && size < 3300, String(size));
});
