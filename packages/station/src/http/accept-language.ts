import { type Language, languages } from '@entente/protocol';

/** The language a caller reads best among ours; English where it names none of them. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').slice(0, 400).split(',').map(readRange);
  const best = wanted
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => languages.find((language) => language === tag))
    .find((language) => language !== undefined);
  return best ?? 'en';
}

/** `ar-MA;q=0.8`: only the primary tag counts. */
function readRange(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', quality = ''] = range.trim().toLowerCase().split(';');
  const [, weight] = /^\s*q=(0(?:\.\d{1,3})?|1(?:\.0{1,3})?)\s*$/.exec(quality) ?? [];
  return { tag: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
}
