/** What was found odd in a name and put right or left out; the reading goes on. */
export type NameNote =
  | 'bidi-controls'
  | 'invisible-characters'
  | 'symbols'
  | 'digits'
  | 'mixed-script'
  | 'unread-letters'
  | 'cut'
  | 'truncated-in-mrz';

export type CleanText = { readonly text: string; readonly notes: readonly NameNote[] };

/**
 * NFKC, without characters that turn or hide text (the "bidi trick" shows one name and stores another), pictures or
 * digits. Letters, marks, apostrophes, commas, full stops and `<` stay; everything else parts words.
 */
export function cleanText(written: string): CleanText {
  const notes: NameNote[] = [];
  let text = written.normalize('NFKC');
  if (TURNING.test(text)) notes.push('bidi-controls');
  if (HIDDEN.test(text)) notes.push('invisible-characters');
  text = text.replace(UNSEEN, '');
  if (PICTURES.test(text)) notes.push('symbols');
  if (/\p{N}/u.test(text)) notes.push('digits');
  text = text
    .replace(APOSTROPHES, "'")
    .replace(/[،;]/g, ',')
    .replace(/[^\p{L}\p{M}',.<\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { text, notes };
}

/** Overrides, embeddings and isolates; the plain marks U+200E, U+200F and U+061C turn nothing by themselves. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;
/** The zero-width non-joiner U+200C is ordinary Persian spelling and is not noted. */
const HIDDEN = /[\u00ad\u034f\u115f\u1160\u180b-\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff]/;
const UNSEEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]/g;
const PICTURES = /[\p{So}\p{Sk}\p{Sc}\p{Co}\p{Cn}]/u;
const APOSTROPHES = /[`´‘’‛′ʹʻʼʽʾʿˈˊˋ՚＇ʿʾ]/g;
