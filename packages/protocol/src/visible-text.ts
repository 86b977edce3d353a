import { Refusal } from './refusal.ts';

/**
 * What an eye cannot see: bidi controls, zero-width and default-ignorable characters, control characters, separators,
 * interlinear marks and noncharacters. Written out, not asked of the host's Unicode tables: two stations with different
 * versions of them would judge one act differently.
 *
 * The joiners U+200C and U+200D are refused too: Arabic, French and English are written without them (letters join by
 * themselves), and they let two different names look the same.
 */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|[\udb40-\udb43][\udc00-\udfff]|[\ud83f\ud87f\ud8bf\ud8ff\ud93f\ud97f\ud9bf\ud9ff\uda3f\uda7f\udabf\udaff\udb3f\udb7f\udbbf\udbff][\udffe\udfff]/;
const lineOrTab = /[\n\t]/;

/**
 * Refuses text that people will read and that holds something they cannot see (Trojan Source, look-alike names).
 * @param where the place in the act, e.g. `$.author.function`
 * @param multiline lets line feeds and tabs pass
 * @throws Refusal `text-invisible-characters`
 */
export function checkVisibleText(text: string, where: string, multiline = false): void {
  const found = firstInvisible(text, multiline);
  if (found !== undefined) throw new Refusal('text-invisible-characters', { where, what: found });
}

/** Names the first invisible character of a text and its place, `U+202E at 7`; undefined where there is none. */
export function firstInvisible(text: string, multiline = false): string | undefined {
  const at = [text.search(invisible), multiline ? -1 : text.search(lineOrTab)]
    .filter((index) => index >= 0)
    .sort(ascending)[0];
  if (at === undefined) return undefined;
  return `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')} at ${at}`;
}

/** One pass over a whole canonical JSON text, in which only line feed, tab, quote and backslash may be escaped. */
export function mayHideCharacters(canonicalText: string): boolean {
  return invisible.test(canonicalText) || canonicalText.includes('\\');
}

function ascending(one: number, other: number): number {
  return one - other;
}
