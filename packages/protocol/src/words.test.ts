import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonActs, commonWords, relationTrack } from './index.ts';
import type { ActType, Field, FieldKind, Words } from './index.ts';

function keysOf(types: readonly ActType[]): string[] {
  const fields = types.flatMap((type) => [...type.inputs, ...type.fields]).flatMap(withMembers);
  const keys = [...types.map((type) => `act.${type.name}`), ...fields.flatMap(keysOfField)];
  return [...new Set(keys)].sort();
}
function withMembers(field: Field): readonly Field[] {
  return field.kind === 'group' ? [field, ...field.fields.flatMap(withMembers)] : [field];
}
function keysOfField(field: Field): string[] {
  return [`field.${field.name}`, ...choicesOf(field).map((value) => `choice.${field.name}.${value}`)];
}
function choicesOf(kind: FieldKind): readonly string[] {
  return kind.kind === 'choice' || kind.kind === 'choices' ? kind.of : [];
}
function told(words: Readonly<Record<string, Words>>): string[] {
  for (const [key, { fr, ar, en }] of Object.entries(words)) assert(fr && ar && en, key);
  return Object.keys(words).sort();
}

test('every act, field and choice of the relation has words in three languages, and no word is left over', () => {
  assert.deepEqual(told(relationTrack.words), [...keysOf(relationTrack.acts), 'track']);
});

test('every act, field and choice common to all tracks has words in three languages, and no word is left over', () => {
  assert.deepEqual(told(commonWords), keysOf(commonActs));
});
