import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages, notedReasons, refusalCodes } from './index.ts';
import { notedWords, refusalWords } from './refusal-words.ts';
import { notedInArabic, refusalsInArabic } from './refusal-words.ar.ts';
import { notedInEnglish, refusalsInEnglish } from './refusal-words.en.ts';
import { notedInFrench, refusalsInFrench } from './refusal-words.fr.ts';

const refusals = { fr: refusalsInFrench, ar: refusalsInArabic, en: refusalsInEnglish };
const noted = { fr: notedInFrench, ar: notedInArabic, en: notedInEnglish };

for (const language of languages) {
  test(`every refusal and every noted act has its words in ${language}, and no word is left over`, () => {
    assert.deepEqual(Object.keys(refusals[language]).sort(), [...refusalCodes].sort());
    assert.deepEqual(Object.keys(noted[language]).sort(), [...notedReasons].sort());
  });

  test(`no two refusals read alike in ${language}, and none shows a placeholder or a bracket`, () => {
    const detail = { where: '$.x', what: 'a whole number', retryAfter: 90 };
    for (const words of [
      refusalCodes.map((code) => refusalWords(code, language)),
      refusalCodes.map((code) => refusalWords(code, language, detail)),
      notedReasons.map((reason) => notedWords(reason, language)),
    ]) {
      assert.equal(new Set(words).size, words.length);
      for (const text of words) {
        assert.doesNotMatch(text, /[[\]{}]|undefined/);
        assert.match(text, /\.$/);
      }
    }
  });

  test(`the three languages show the same values, ${language} as the others`, () => {
    const shown = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const code of refusalCodes) {
      assert.deepEqual(shown(refusals[language][code]), shown(refusalsInEnglish[code]), code);
      for (const name of shown(refusals[language][code])) assert.match(name, /^\{(where|what|retryAfter)\}$/);
    }
  });
}

test('Arabic is written in Arabic letters, French and English are not', () => {
  for (const code of refusalCodes) {
    assert.match(refusalsInArabic[code], /[\u0621-\u064a]/);
    assert.doesNotMatch(refusalsInFrench[code] + refusalsInEnglish[code], /[\u0600-\u06ff]/);
  }
});

test('what is known is shown, what is not leaves no hole', () => {
  assert.equal(refusalWords('field-missing', 'en'), 'A required field is missing. Fill it in.');
  assert.equal(
    refusalWords('field-missing', 'fr', { where: '$.inputs.urgency' }),
    'Un champ obligatoire manque : $.inputs.urgency. Renseignez-le.',
  );
  assert.equal(
    refusalWords('link-down', 'en', { retryAfter: 600 }),
    'The counterpart cannot be reached. Acts wait and will be sent; next attempt in 10 minutes.',
  );
});

test('a path inside Arabic does not turn the sentence around', () => {
  assert.match(refusalWords('field-missing', 'ar', { where: '$.x' }), /\u2068\$\.x\u2069/);
  assert.match(refusalWords('quota-exceeded', 'ar', { retryAfter: 90 }), /90/);
});

test('what the detail brings is shown as it is, never read as a pattern', () => {
  assert.match(refusalWords('usage', 'en', { what: '$& [{where}]' }), /\$& \[\{where\}\]/);
});
