import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstInvisible } from '@entente/protocol';
import { spellInvisible, spellInvisibleIn } from './spell-invisible.ts';

test('what nobody can see in a file from outside is spelled out, and the rest stays', () => {
  assert.equal(spellInvisibleIn('un\r\ndeux\ttrois\u200b'), 'un\ndeux\ttrois⟨U+200B⟩');
  assert.deepEqual(spellInvisible({ 'a\u202e': ['\u0000', 7, null, 'é'] }), {
    'a⟨U+202E⟩': ['⟨U+0000⟩', 7, null, 'é'],
  });
});

test('no text holds anything invisible once it was spelled', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => firstInvisible(spellInvisibleIn(text), true) === undefined),
  );
});
