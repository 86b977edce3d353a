import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonWords } from '@entente/protocol';
import { draftFaultWords } from './draft-words.ts';
import { forbiddenReasons, remedies } from './leads/handling.ts';
import { leads } from './leads/index.ts';
import { wordsAr } from './leads/words.ar.ts';
import { wordsEn } from './leads/words.en.ts';
import { wordsFr } from './leads/words.fr.ts';
import { wordsChoicesAr } from './leads/words-choices.ar.ts';
import { wordsChoicesEn } from './leads/words-choices.en.ts';
import { wordsChoicesFr } from './leads/words-choices.fr.ts';
import { wordKeys } from './word-keys.ts';

const fr = { ...wordsFr, ...wordsChoicesFr };
const ar = { ...wordsAr, ...wordsChoicesAr };
const en = { ...wordsEn, ...wordsChoicesEn };

test('every state, act, field, choice, gate, clock, counter and step has its words, and no word is without a use', () => {
  const needed = [
    ...wordKeys(leads),
    ...forbiddenReasons.map((why) => `why.${why}`),
    ...remedies.map((remedy) => `to-do.${remedy}`),
    ...Object.keys(commonWords),
  ];
  assert.deepEqual(Object.keys(leads.words).sort(), [...new Set(needed)].sort());
});

test('a track says nothing anew that is common to all tracks', () => {
  assert.deepEqual(
    Object.keys(fr).filter((key) => key in commonWords),
    [],
  );
});

test('the three languages say the same things', () => {
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(fr).sort());
  assert.deepEqual(Object.keys(en).sort(), Object.keys(fr).sort());
});

test('Arabic is written in Arabic script, and French and English are not', () => {
  const codes = /\b(?:IMEI|IMO|IMSI|MMSI|[HR]\d+|[ABCX] –)/g;
  for (const [key, words] of [...Object.entries(leads.words), ...Object.entries(draftFaultWords)]) {
    assert.match(words.ar, /\p{Script=Arabic}/u, key);
    assert.doesNotMatch(words.ar.replace(codes, ''), /\p{Script=Latin}/u, `${key}: ${words.ar}`);
    assert.doesNotMatch(words.fr + words.en, /\p{Script=Arabic}/u, key);
  }
});

test('French is not English left untranslated', () => {
  // Words that both languages spell alike.
  const alike = [
    'choice.crimeArea.homicide',
    'choice.measure.euro',
    'choice.measure.litre',
    'field.calibre',
    'field.substance',
  ];
  const same = Object.keys(fr).filter((key) => leads.words[key]?.fr === leads.words[key]?.en);
  assert.deepEqual(same.sort(), alike);
});

test('within one kind no two things bear the same words in the same language', () => {
  for (const language of ['fr', 'ar', 'en'] as const) {
    for (const kind of ['state.', 'act.', 'gate.', 'clock.', 'counter.', 'figure.', 'escalation.']) {
      const said = Object.entries(leads.words)
        .filter(([key]) => key.startsWith(kind))
        .map(([, words]) => words[language]);
      assert.equal(new Set(said).size, said.length, `${kind} in ${language}`);
    }
  }
});
