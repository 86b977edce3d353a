import { leads } from '@entente/tracks';

/** An act type of the leads in English, as the track itself says it; types of others stay as they are. */
export function wordsOf(type: string): string {
  return leads.words[`act.${type}`]?.en ?? type;
}
