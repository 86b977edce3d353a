import { commonWords, refusalGrounds } from '@entente/protocol';
import type { Language, Words } from '@entente/protocol';
import { wordsAr } from './words.ar.ts';
import { wordsEn } from './words.en.ts';
import { wordsFr } from './words.fr.ts';
import { wordsChoicesAr } from './words-choices.ar.ts';
import { wordsChoicesEn } from './words-choices.en.ts';
import { wordsChoicesFr } from './words-choices.fr.ts';

type Written = Readonly<Record<string, string>>;

const fr = withGrounds({ ...wordsFr, ...wordsChoicesFr }, 'fr');
const ar = withGrounds({ ...wordsAr, ...wordsChoicesAr }, 'ar');
const en = withGrounds({ ...wordsEn, ...wordsChoicesEn }, 'en');

/** The words of the track by key, with those common to all; a key that one language lacks is missing in all, and a test refuses it. */
export const leadsWords: Readonly<Record<string, Words>> = {
  ...commonWords,
  ...Object.fromEntries(Object.keys(fr).flatMap(inAll)),
};

function inAll(key: string): readonly (readonly [string, Words])[] {
  const words = { fr: fr[key], ar: ar[key], en: en[key] };
  return isWhole(words) ? [[key, words]] : [];
}

function isWhole(words: Readonly<Record<keyof Words, string | undefined>>): words is Words {
  return words.fr !== undefined && words.ar !== undefined && words.en !== undefined;
}

/** The counter of each ground of refusal is named by what it counts and the ground's own words. */
function withGrounds(written: Written, language: Language): Written {
  const counters = refusalGrounds.map((ground): readonly [string, string] => [
    `counter.refused-${ground}`,
    `${written['counter.refused'] ?? ''} · ${ground} – ${commonWords[`choice.ground.${ground}`]?.[language] ?? ''}`,
  ]);
  return { ...written, ...Object.fromEntries(counters) };
}
