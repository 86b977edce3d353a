import type { Language } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import type { Command } from '../command.ts';
import type { Option } from '../option.ts';
import { optionsAr } from './options.ar.ts';
import { optionsFr } from './options.fr.ts';
import { summariesAr } from './summaries.ar.ts';
import { summariesFr } from './summaries.fr.ts';
import { wordsAr } from './words.ar.ts';
import { type CliWord, wordsEn } from './words.en.ts';
import { wordsFr } from './words.fr.ts';

const words: Readonly<Record<Language, Readonly<Record<CliWord, string>>>> = { en: wordsEn, fr: wordsFr, ar: wordsAr };

/** A sentence in a language, with what it is about filled in. */
export function say(language: Language, word: CliWord, filled: Readonly<Record<string, string>> = {}): string {
  return words[language][word].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = filled[name] ?? '';
    // Codes and times run from left to right: without isolation they break an Arabic sentence.
    return language === 'ar' ? `\u2068${value}\u2069` : value;
  });
}

/** What a track calls one of its codes: `state.requested`, `act.request`; the code where it has no word for it. */
export function trackWord(language: Language, track: string, key: string): string {
  const code = key.slice(key.indexOf('.') + 1);
  return tracks.find(({ name }) => name === track)?.words[key]?.[language] ?? code;
}

/** What a track is called. */
export function trackName(language: Language, track: string): string {
  return tracks.find(({ name }) => name === track)?.words['track']?.[language] ?? track;
}

/** What a command does, in a language. */
export function summaryOf({ name, summary }: Command, language: Language): string {
  const [first, act = ''] = name.split(' ');
  const said = tracks.find(({ words: known }) => first === 'act' && known[`act.${act}`] !== undefined);
  if (said !== undefined) return say(language, 'say-act', { act: trackWord(language, said.name, `act.${act}`) });
  switch (language) {
    case 'en':
      return summary;
    case 'fr':
      return summariesFr[name] ?? summary;
    case 'ar':
      return summariesAr[name] ?? summary;
    default:
      return language satisfies never;
  }
}

/** What an option is for, in a language; codes and names of files stand in English in all of them. */
export function describeOption({ describe }: Option, language: Language): string {
  switch (language) {
    case 'en':
      return describe;
    case 'fr':
      return optionsFr[describe] ?? describe;
    case 'ar':
      return optionsAr[describe] ?? describe;
    default:
      return language satisfies never;
  }
}
