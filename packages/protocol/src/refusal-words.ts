import type { Language } from './accord.ts';
import type { NotedReason } from './act.ts';
import type { RefusalCode, RefusalDetail } from './refusal.ts';
import { notedInArabic, refusalsInArabic } from './refusal-words.ar.ts';
import { notedInEnglish, refusalsInEnglish } from './refusal-words.en.ts';
import { notedInFrench, refusalsInFrench } from './refusal-words.fr.ts';

const refusals = { fr: refusalsInFrench, ar: refusalsInArabic, en: refusalsInEnglish } as const;
const noted = { fr: notedInFrench, ar: notedInArabic, en: notedInEnglish } as const;
// Western digits, as both sides of the Mediterranean write them in their records.
const locales = { fr: 'fr', ar: 'ar-MA', en: 'en' } as const satisfies Record<Language, string>;

/** The wording of a refusal: what happened, to what, and what to do. Parts whose value the detail lacks are left out. */
export function refusalWords(code: RefusalCode, language: Language, detail: RefusalDetail = {}): string {
  const { where, what, retryAfter } = detail;
  const values = { where, what, retryAfter: retryAfter === undefined ? undefined : writeWait(retryAfter, language) };
  return fill(refusals[language][code], values, language);
}

/** Why an act is kept, receipted and without effect. */
export function notedWords(reason: NotedReason, language: Language): string {
  return noted[language][reason];
}

function fill(template: string, values: Readonly<Record<string, string | undefined>>, language: Language): string {
  return template.replace(/\[([^[\]]*)\{(\w+)\}([^[\]]*)\]/g, (_, before: string, name: string, after: string) => {
    const value = values[name];
    return value === undefined ? '' : before + (language === 'ar' ? isolate(value) : value) + after;
  });
}

/** Keeps a path or an English word from turning the Arabic around it (Unicode UAX #9, isolates). */
function isolate(value: string): string {
  return `\u2068${value}\u2069`;
}

function writeWait(seconds: number, language: Language): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
