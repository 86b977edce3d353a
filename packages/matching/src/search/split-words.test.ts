import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readName } from '../names/reading.ts';
import type { NameToken } from '../names/token.ts';
import { createIdentityIndex } from './identity-index.ts';
import { inventedPeople } from './invented-people.fixtures.ts';
import { splitWords } from './split-words.ts';
import { Vocabulary } from './vocabulary.ts';

const tokensOf = (name: string): readonly NameToken[] => {
  const reading = readName(name);
  return reading.kind === 'name' ? reading.tokens : [];
};

function vocabularyOf(...names: readonly string[]): Vocabulary {
  const vocabulary = new Vocabulary();
  for (const token of names.flatMap(tokensOf)) vocabulary.wordOf(token);
  return vocabulary;
}

test('a glued word is read as two where both halves are known and one is a given name or glued by custom', () => {
  const vocabulary = vocabularyOf('Gholam Reza Soleimani', 'Ahmadi Nejad', 'علی رضا محمدی', 'Maur Izio');
  const read = (name: string): string | undefined =>
    splitWords(tokensOf(name), vocabulary)
      ?.map(({ key }) => key)
      .join(' ');
  assert.equal(read('Gholamreza SOLEIMANI'), 'gholam reza soleimani');
  assert.equal(read('Mahmoud AHMADINEJAD'), 'mahmoud ahmadi nejad');
  assert.equal(
    read('علیرضا محمدی'),
    tokensOf('علی رضا محمدی')
      .map(({ key }) => key)
      .join(' '),
  );
  assert.equal(read('Maurizio Soleimani'), undefined, 'neither half is a given name');
  assert.equal(read('Gholamhossein Soleimani'), undefined, 'one half is a word that nobody bears');
  assert.equal(read('Abdelkader'), undefined, 'read as one already');
});

test('the marks of a glued word stay with its halves', () => {
  const vocabulary = vocabularyOf('Khalil Zadeh');
  const [, khalil, zadeh] = splitWords(tokensOf('Reza ben KHALILZADEH'), vocabulary) ?? [];
  assert.deepEqual([khalil?.family, zadeh?.family], [true, true]);
  assert.deepEqual([khalil?.linked, zadeh?.linked], [true, false]);
});

test('whoever is stored with two words is found by one, and with one by two', () => {
  const index = createIdentityIndex();
  index.putAll(inventedPeople(3000));
  index.put('apart', { names: ['Gholam Reza Soleimani'] });
  index.put('glued', { names: ['Mehdi Khalilzadeh'] });
  const keys = (name: string): readonly string[] => index.search({ names: [name] }, { limit: 3 }).map(({ key }) => key);
  assert.ok(keys('Gholamreza SOLEIMANI').includes('apart'));
  assert.ok(keys('Mehdi Khalil Zadeh').includes('glued'));
});
