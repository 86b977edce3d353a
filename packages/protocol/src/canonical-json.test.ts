import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, readCanonicalJson } from './canonical-json.ts';
import { readJsonByHand } from './read-json-by-hand.ts';

const names = fc.string({ unit: fc.constantFrom('a', 'é', 'ش', '"', '\\', '😀', ' ', '\u0000'), maxLength: 5 });
const objects = fc.dictionary(names, fc.oneof(fc.integer(), names, fc.constant(null), fc.array(fc.boolean())));

test('what is written is read back, whatever its members are called and whatever was read before', () => {
  fc.assert(
    fc.property(objects, (object) => {
      const text = canonicalJson(object);
      assert.equal(canonicalJson(readCanonicalJson(text)), text);
    }),
    { numRuns: 20_000 },
  );
});

test('the reader by hand and the host agree on every value without escapes in names', () => {
  const plain = fc.dictionary(
    fc.stringMatching(/^[a-z]{0,6}$/),
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), names),
  );
  fc.assert(
    fc.property(plain, (object) => {
      const text = canonicalJson(object);
      assert.deepEqual(readJsonByHand(text), JSON.parse(text));
    }),
  );
});

test('a member called __proto__ is a member like another', () => {
  const text = '{"__proto__":{"a":1}}';
  assert.equal(canonicalJson(readJsonByHand(text) ?? null), text);
  assert.equal(canonicalJson(readCanonicalJson(text)), text);
});

for (const text of ['{"a":1,}', '{"a"1}', '[1,]', '{"a":1', '', '01', '{"a":1}x', '['.repeat(40)]) {
  test(`the reader by hand leaves ${text.slice(0, 12)} alone`, () => {
    assert.equal(readJsonByHand(text), undefined);
  });
}
