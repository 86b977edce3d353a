import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '@entente/protocol';
import fc from 'fast-check';
import { languageOf } from './accept-language.ts';
import { FailureLimit } from './failure-limit.ts';
import { rangeOf } from './range.ts';
import { readStrictJson } from './strict-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('strict JSON reads what JSON.parse reads, in any spacing, or refuses', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme-ascii' }), fc.integer({ min: 0, max: 4 }), (value, spaces) => {
      assert.deepEqual(
        readStrictJson(bytes(JSON.stringify(value, undefined, spaces))),
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
});

test('strict JSON refuses a member twice however it is spelled, depth, what is not finite, and what cannot be seen', () => {
  for (const [text, code] of [
    ['{"a":1,"a":2}', 'json-malformed'],
    [String.raw`{"a":{"x":1},"\u0061":2}`, 'json-malformed'],
    ['{"a":[{"b":1,"c":{},"b":2}]}', 'json-malformed'],
    ['{"__proto__":1}', 'json-malformed'],
    ['1e400', 'json-malformed'],
    [String.raw`"\ud800"`, 'json-malformed'],
    ['{"a":"\u202e"}', 'text-invisible-characters'],
    [String.raw`"\u0000"`, 'text-invisible-characters'],
    ['['.repeat(100_000), 'json-too-deep'],
    ['\ufeff1', 'json-malformed'],
    ['', 'json-malformed'],
  ] as const) {
    assert.throws(
      () => readStrictJson(bytes(text)),
      (error) => error instanceof Refusal && error.code === code,
      text.slice(0, 40),
    );
  }
  assert.throws(() => readStrictJson(new Uint8Array([0xff])), /json-malformed/);
  assert.deepEqual(readStrictJson(bytes('{"a":{"a":"{\\"a\\":1,"},"b":[{"a":1},{"a":2}]}')), {
    a: { a: '{"a":1,' },
    b: [{ a: 1 }, { a: 2 }],
  });
});

test('a range is read in its one spelling and never leaves the file', () => {
  assert.deepEqual(rangeOf('bytes=0-0', 10), { start: 0, end: 1 });
  assert.deepEqual(rangeOf('bytes=5-', 10), { start: 5, end: 10 });
  assert.deepEqual(rangeOf('bytes=-3', 10), { start: 7, end: 10 });
  assert.equal(rangeOf('bytes=10-', 10), 'unsatisfiable');
  assert.equal(rangeOf('bytes=-0', 10), 'unsatisfiable');
  for (const whole of [undefined, 'bytes=0-1,3-4', 'items=0-1', 'bytes=5-2', 'bytes=-', 'bytes=a-b'])
    assert.equal(rangeOf(whole, 10), undefined);
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(1000), (from, to, size) => {
      const range = rangeOf(`bytes=${from}-${to}`, size);
      if (range === undefined || range === 'unsatisfiable') return;
      assert.ok(range.start >= 0 && range.start < range.end && range.end <= size);
    }),
  );
});

test('the language is the best a caller reads among ours, else English', () => {
  assert.equal(languageOf('de, ar-MA;q=0.7, fr;q=0.9'), 'fr');
  assert.equal(languageOf('ar'), 'ar');
  assert.equal(languageOf('fr;q=0'), 'en');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => ['fr', 'ar', 'en'].includes(languageOf(header))));
});

test('ten failures are let pass, then one every six seconds, for that address alone', () => {
  const limit = new FailureLimit();
  for (let i = 0; i < 10; i++) {
    limit.check('a', 0);
    limit.failed('a', 0);
  }
  assert.throws(() => limit.check('a', 5000), /quota-exceeded/);
  limit.check('a', 6001);
  limit.check('b', 0);
});
