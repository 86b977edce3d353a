import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '@entente/protocol';
import { leads } from '@entente/tracks';
import { commands } from '../commands.ts';
import { commandHelp, overview } from '../help.ts';
import { commonOptions } from '../input.ts';
import type { Option } from '../option.ts';
import { optionsAr } from './options.ar.ts';
import { optionsFr } from './options.fr.ts';
import { trackWord } from './say.ts';
import { summariesAr } from './summaries.ar.ts';
import { summariesFr } from './summaries.fr.ts';
import { wordsAr } from './words.ar.ts';
import { wordsEn } from './words.en.ts';
import { wordsFr } from './words.fr.ts';

const described = (options: Readonly<Record<string, Option>>): readonly string[] =>
  Object.values(options).map(({ describe }) => describe);

const spoken = commands
  .map(({ name }) => name)
  .filter((name) => leads.words[name.replace('act ', 'act.')] === undefined);

test('every command says what it does in French, Arabic and English, and no summary is without a command', () => {
  for (const summaries of [summariesFr, summariesAr]) {
    assert.deepEqual(Object.keys(summaries).toSorted(), spoken.toSorted());
  }
});

test('every option says what it is for in French, Arabic and English, and none is said that no command has', () => {
  const said = new Set([commonOptions, ...commands.map(({ options }) => options)].flatMap(described));
  // Codes and dates alone are the same in every language.
  const codes = [...said].filter((text) => optionsFr[text] === undefined);
  assert.deepEqual(
    codes.filter((text) => /[a-z]{2} [a-z]{2}/.test(text)),
    [],
  );
  for (const options of [optionsFr, optionsAr])
    assert.deepEqual(
      Object.keys(options).filter((text) => !said.has(text)),
      [],
    );
  assert.deepEqual(
    [...said].filter((text) => optionsAr[text] === undefined && !codes.includes(text)),
    [],
  );
});

test('the three languages say the same things, and fill in the same', () => {
  const places = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
  for (const words of [wordsFr, wordsAr]) {
    assert.deepEqual(Object.keys(words), Object.keys(wordsEn));
    for (const key of Object.keys(wordsEn) as (keyof typeof wordsEn)[]) {
      assert.deepEqual(places(words[key]), places(wordsEn[key]), key);
    }
  }
});

test('Arabic is written in Arabic script, and French is not English left untranslated', () => {
  for (const text of [wordsAr, summariesAr, optionsAr].flatMap((words) => Object.values(words)))
    assert.match(text, /\p{Script=Arabic}/u);
  for (const { name, summary } of commands) assert.notEqual(summariesFr[name], summary, name);
});

test('help is in the language asked for', () => {
  const inbox = commands.find(({ name }) => name === 'inbox');
  assert.ok(inbox !== undefined);
  assert.match(commandHelp(inbox, 'fr'), /Montrer les dossiers[^]*Exemples :/);
  assert.match(commandHelp(inbox, 'ar'), /عرض الملفات بحسب أقرب أجل[^]*أقصى عدد/);
  for (const language of languages) assert.ok(overview(commands, language).includes('inbox'));
});

test('codes of a track are read in one’s own language', () => {
  assert.equal(trackWord('fr', 'leads', 'state.answered'), 'Réponse donnée');
  assert.equal(trackWord('fr', 'leads', 'state.unknown-to-us'), 'unknown-to-us');
});
