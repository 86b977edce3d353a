import type { Proposal } from './imported-draft.ts';

/** Words that tell an area of crime, the more particular first. */
const areas: readonly (readonly [area: string, words: RegExp])[] = [
  ['terrorism', /\bterroris|\bjihad|إرهاب/i],
  [
    'human-trafficking',
    /\btrafficking in (?:human|person)|\bhuman trafficking|\btraite des (?:êtres|personnes)|الاتجار بالبشر/i,
  ],
  ['migrant-smuggling', /\bsmuggling of migrants|\b(?:migrant|people) smuggl|\bpasseurs?\b|تهريب المهاجرين/i],
  ['drugs', /\bdrugs?\b|\bnarcoti|\bcocaine|\bcannabis|\bstupéfiant|مخدرات/i],
  ['firearms', /\bfirearms?\b|\barmes? à feu|أسلحة نارية/i],
  ['money-laundering', /\bmoney.launder|\bblanchiment|غسل الأموال/i],
  ['fraud', /\bfraud|\bscams?\b|\bescroquerie|احتيال/i],
  ['cybercrime', /\bmalware|\bransomware|\bphish|\bbotnet|\bcommand.and.control|\bddos|\btrojan|\bAPT\d*\b|\bexploit/i],
];

/** The first area that a word of the source speaks for; undefined where none does. */
export function proposeCrimeArea(
  words: readonly { readonly place: string; readonly text: string }[],
): Proposal | undefined {
  for (const [area, pattern] of areas) {
    const found = words.find(({ text }) => pattern.test(text));
    if (found !== undefined)
      return { to: '/inputs/crimeArea', value: area, from: [found.place], says: pattern.exec(found.text)?.[0] ?? '' };
  }
  return undefined;
}
